package io.leakguard.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.leakguard.example.MisbehavingUpstream.Fault;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LeakyBodyHandlerTest {

  // A connection goes back to the pool a moment after its body was read; a request that comes in
  // between opens another, which is then pooled too.
  private static final long POOLED = 4;

  private LeakyHandlerFixture fixture;

  @BeforeEach
  void start() throws IOException {
    fixture = new LeakyHandlerFixture(LeakyBodyHandler::new);
  }

  @AfterEach
  void stop() throws IOException {
    fixture.close();
  }

  @Test
  void handleRequest_inStock_isAccepted() {
    assertThat(fixture.send(Requests.ORDER)).isEqualTo(200);
  }

  @Test
  void handleRequest_notInStock_is409() {
    assertThat(fixture.send(Requests.TOO_LARGE_ORDER)).isEqualTo(409);
  }

  @Test
  void handleRequest_invalidOrder_is400() {
    assertThat(fixture.send("{}")).isEqualTo(400);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void handleRequest_healthyUpstream_sharesPooledSockets() {
    fixture.sendHealthy(20);

    assertThat(fixture.watch().sockets()).isBetween(1L, POOLED);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void handleRequest_errorWithBody_leavesOneSocketEachAndNoThread() throws IOException {
    fixture.sendHealthy(3);
    LeakWatch afterWarmUp = new LeakWatch(fixture.upstream().port());

    fixture.sendUnder(Fault.ERROR_WITH_64_KB_BODY, 10, -1);
    System.gc();
    assertThat(afterWarmUp.sockets()).isBetween(10L, 10 + POOLED);

    fixture.sendUnder(Fault.ERROR_WITH_64_KB_BODY, 10, -1);
    System.gc();
    assertThat(afterWarmUp.sockets()).isBetween(20L, 20 + POOLED);
    assertThat(afterWarmUp.threads()).hasSizeLessThan(4);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void handleRequest_upstreamHeals_socketsStay() throws IOException {
    fixture.sendUnder(Fault.ERROR_WITH_64_KB_BODY, 5, -1);
    fixture.upstream().failWith(Fault.NONE);
    fixture.sendHealthy(5);

    assertThat(fixture.watch().sockets()).isBetween(5L, 5 + POOLED);
  }

  @ParameterizedTest
  @EnumSource(names = {"REFUSED", "RESET", "CUT_BODY", "ERROR_WITHOUT_BODY", "HANG"})
  @EnabledOnOs(OS.LINUX)
  void handleRequest_upstreamFailsWithoutErrorBody_leavesNoMoreThanThePool(Fault fault)
      throws IOException {
    fixture.sendUnder(fault, 10, -1);

    await().untilAsserted(() -> assertThat(fixture.watch().sockets()).isLessThanOrEqualTo(POOLED));
  }
}
