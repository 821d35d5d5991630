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

class LeakyClientHandlerTest {

  private LeakyHandlerFixture fixture;

  @BeforeEach
  void start() throws IOException {
    fixture = new LeakyHandlerFixture(LeakyClientHandler::new);
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
  void handleRequest_healthyUpstream_leavesNoThread() {
    fixture.sendHealthy(10);

    await().untilAsserted(() -> assertThat(fixture.watch().threads()).isEmpty());
  }

  @ParameterizedTest
  @EnumSource(names = {"REFUSED", "RESET", "CUT_BODY", "ERROR_WITH_64_KB_BODY", "HANG"})
  @EnabledOnOs(OS.LINUX)
  void handleRequest_upstreamFails_leavesOneClientEach(Fault fault) throws IOException {
    fixture.sendUnder(fault, 4, -1);

    assertThat(fixture.watch().threads())
        .hasSize(4)
        .allMatch(name -> name.equals("inventory-cache-sweeper"));
    await().untilAsserted(() -> assertThat(fixture.watch().sockets()).isLessThan(2));
  }

  @Test
  void handleRequest_upstreamHeals_threadsStay() throws IOException {
    fixture.sendUnder(Fault.RESET, 3, -1);
    fixture.upstream().heal();
    fixture.sendHealthy(3);
    System.gc();

    await().untilAsserted(() -> assertThat(fixture.watch().threads()).hasSize(3));
  }
}
