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

class LeakyTimedGetHandlerTest {

  private LeakyHandlerFixture fixture;

  @BeforeEach
  void start() throws IOException {
    fixture = new LeakyHandlerFixture(LeakyTimedGetHandler::new);
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
  void handleRequest_healthyUpstream_leavesNoThreadAndAtMostTheOnePooledSocket() {
    fixture.sendHealthy(10);

    await().untilAsserted(() -> assertThat(fixture.watch().threads()).isEmpty());
    await().untilAsserted(() -> assertThat(fixture.watch().sockets()).isLessThan(2));
  }

  @ParameterizedTest
  @EnumSource(names = {"HANG", "SLOW", "STALLED_BODY"})
  @EnabledOnOs(OS.LINUX)
  void handleRequest_upstreamSilent_leavesOneThreadAndOneSocketEach(Fault fault)
      throws IOException {
    fixture.sendUnder(fault, 4, 504);

    assertThat(fixture.watch().threads())
        .containsExactlyInAnyOrder(
            "inventory-call-1", "inventory-call-2", "inventory-call-3", "inventory-call-4");
    assertThat(fixture.watch().sockets()).isEqualTo(4);
  }

  @Test
  void handleRequest_upstreamHealsAndHangsAgain_threadsEndAndGrowAgain() throws IOException {
    fixture.sendUnder(Fault.HANG, 3, 504);
    fixture.upstream().heal();
    await().untilAsserted(() -> assertThat(fixture.watch().threads()).isEmpty());

    fixture.sendUnder(Fault.HANG, 3, 504);
    assertThat(fixture.watch().threads())
        .containsExactlyInAnyOrder("inventory-call-4", "inventory-call-5", "inventory-call-6");
  }

  @ParameterizedTest
  @EnumSource(names = {"REFUSED", "RESET", "CUT_BODY", "ERROR_WITH_64_KB_BODY"})
  @EnabledOnOs(OS.LINUX)
  void handleRequest_upstreamFailsAtOnce_leavesNothing(Fault fault) throws IOException {
    fixture.sendUnder(fault, 4, 502);

    await().untilAsserted(() -> assertThat(fixture.watch().threads()).isEmpty());
    await().untilAsserted(() -> assertThat(fixture.watch().sockets()).isZero());
  }
}
