package io.leakguard.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import io.leakguard.example.MisbehavingUpstream.Fault;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OrdersBatchHandlerTest {

  private final FakeContext context = new FakeContext();
  private MisbehavingUpstream upstream;
  private OrdersBatchHandler handler;

  @BeforeEach
  void start() throws IOException {
    upstream = new MisbehavingUpstream();
    handler = new OrdersBatchHandler(new InventoryClient(upstream.uri()));
  }

  @AfterEach
  void stop() throws IOException {
    upstream.close();
  }

  @Test
  void handleRequest_healthyUpstream_handsNothingBack() {
    assertThat(failed(Requests.ORDER, Requests.TOO_LARGE_ORDER)).isEmpty();
    assertThat(context.logged()).containsExactly("order o-1 accepted", "order o-2 out of stock");
  }

  @Test
  void handleRequest_poisonRecord_handsOnlyThatBack() {
    assertThat(failed(Requests.ORDER, "poison\n", Requests.ORDER)).containsExactly("m-1");
    assertThat(context.logged().get(1))
        .isEqualTo("message m-1 failed: order must be a JSON object, but was \"poison\\n\"");
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"NONE", "CLOSED_AFTER_ANSWER"})
  void handleRequest_upstreamFails_handsAllBackInTheTimeOfOne(Fault fault) throws IOException {
    upstream.failWith(fault);
    String[] tenOrders = Collections.nCopies(10, Requests.ORDER).toArray(String[]::new);
    long start = System.nanoTime();

    assertThat(failed(tenOrders)).hasSize(10);

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
  }

  @ParameterizedTest
  @EnumSource(names = {"REFUSED", "RESET", "CUT_BODY", "ERROR_WITH_64_KB_BODY", "STALLED_BODY"})
  @EnabledOnOs(OS.LINUX)
  void handleRequest_repeatedFailure_leavesNothing(Fault fault) throws IOException {
    failed(Requests.ORDER);
    LeakWatch watch = new LeakWatch(upstream.port());
    upstream.failWith(fault);

    for (int i = 0; i < 3; i++) {
      assertThat(failed(Requests.ORDER, Requests.ORDER)).hasSize(2);
    }

    assertThat(watch.threads()).isEmpty();
    await().untilAsserted(() -> assertThat(watch.sockets()).isLessThan(2));
  }

  @Test
  void newHandler_withoutInventoryUrl_saysWhatIsMissing() {
    assertThatThrownBy(OrdersBatchHandler::new).hasMessageStartingWith("INVENTORY_URL must be");
  }

  private List<String> failed(String... bodies) {
    return handler.handleRequest(Requests.sqs(bodies), context).getBatchItemFailures().stream()
        .map(SQSBatchResponse.BatchItemFailure::getItemIdentifier)
        .toList();
  }
}
