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

class LeakyRetryHandlerTest {

  private LeakyHandlerFixture fixture;

  @BeforeEach
  void start() throws IOException {
    fixture = new LeakyHandlerFixture(LeakyRetryHandler::new);
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

    assertThat(fixture.watch().threads()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"REFUSED", "RESET", "CUT_BODY", "ERROR_WITH_64_KB_BODY", "HANG"})
  @EnabledOnOs(OS.LINUX)
  void handleRequest_upstreamFails_leavesOneSchedulerEach(Fault fault) throws IOException {
    fixture.sendUnder(fault, 4, 202);

    assertThat(fixture.watch().threads()).hasSize(4).allMatch(name -> name.startsWith("pool-"));
  }

  @Test
  void handleRequest_upstreamHeals_retrySucceedsButItsThreadStays() throws IOException {
    fixture.sendUnder(Fault.RESET, 1, 202);
    fixture.upstream().heal();

    await().until(() -> fixture.context().logged().contains("order o-1 accepted"));
    System.gc();
    assertThat(fixture.watch().threads()).hasSize(1);
  }

  @Test
  void handleRequest_upstreamStaysAway_retryGivesUpButItsThreadStays() throws IOException {
    fixture.sendUnder(Fault.REFUSED, 1, 202);

    await().until(() -> fixture.context().logged().size() == 2);
    assertThat(fixture.context().logged().get(1)).startsWith("order o-1 given up: ");
    assertThat(fixture.watch().threads()).hasSize(1);
  }
}
