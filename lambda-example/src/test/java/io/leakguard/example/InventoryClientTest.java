package io.leakguard.example;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.leakguard.example.MisbehavingUpstream.Fault;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class InventoryClientTest {

  private static final Duration READ_TIMEOUT = Duration.ofMillis(60);
  private static final int REQUESTS = 30;

  private MisbehavingUpstream upstream;
  private InventoryClient client;

  @BeforeEach
  void start() throws IOException {
    upstream = new MisbehavingUpstream();
    client = new InventoryClient(upstream.uri(), READ_TIMEOUT);
  }

  @AfterEach
  void stop() throws IOException {
    upstream.close();
  }

  @Test
  void stock_healthyUpstream_isWhatItSays() throws IOException {
    assertThat(stock()).isEqualTo(new Stock("A-1", 7));
  }

  @Test
  void stock_manyRequests_shareOneConnection() throws IOException {
    LeakWatch watch = new LeakWatch(upstream.port());
    for (int i = 0; i < REQUESTS; i++) {
      stock();
    }

    assertThat(watch.sockets()).isEqualTo(1);
  }

  @Test
  void covers_oneLineTooLarge_isFalse() throws IOException {
    Order tooLarge = Order.parse(Requests.TOO_LARGE_ORDER);

    assertThat(client.covers(Requests.order(), Requests.enoughTime())).isTrue();
    assertThat(client.covers(tooLarge, Requests.enoughTime())).isFalse();
  }

  @ParameterizedTest
  @EnumSource(names = {"SLOW", "HANG", "STALLED_BODY", "STALLED_CHUNKED_BODY"})
  void stock_upstreamSilent_timesOut(Fault fault) throws IOException {
    upstream.failWith(fault);

    assertThatThrownBy(this::stock).isInstanceOf(SocketTimeoutException.class);
  }

  @Test
  void stock_drippingBody_endsAtTheDeadline() throws IOException {
    upstream.failWith(Fault.DRIPPING_BODY);

    assertThatThrownBy(() -> client.stock("A-1", Deadline.in(Duration.ofMillis(200))))
        .isInstanceOf(SocketTimeoutException.class)
        .hasMessage("no time left to ask the inventory");
  }

  @Test
  void stock_deadlinePassed_asksNobody() {
    assertThatThrownBy(() -> client.stock("A-1", Deadline.in(Duration.ZERO)))
        .isInstanceOf(SocketTimeoutException.class);
    assertThat(upstream.requests()).isZero();
  }

  @ParameterizedTest
  @EnumSource(names = {"ERROR_WITH_64_KB_BODY", "ERROR_WITHOUT_BODY"})
  void stock_errorStatus_isNamed(Fault fault) throws IOException {
    upstream.failWith(fault);

    assertThatThrownBy(this::stock).hasMessage("inventory answered 503 for A-1");
  }

  @Test
  void stock_nobodyListens_fails() throws IOException {
    upstream.failWith(Fault.REFUSED);

    assertThatThrownBy(this::stock).isInstanceOf(ConnectException.class);
  }

  @Test
  void stock_bodyCut_isTakenForTruncatedAndNotForBadJson() throws IOException {
    upstream.failWith(Fault.CUT_BODY);

    // The second is what newer JDKs say themselves.
    assertThatThrownBy(this::stock)
        .isExactlyInstanceOf(IOException.class)
        .extracting(Throwable::getMessage)
        .isIn("inventory's body ended after 700 of 2048 bytes", "Premature EOF");
  }

  @ParameterizedTest
  @EnumSource(names = {"RESET", "NOT_JSON"})
  void stock_brokenAnswer_fails(Fault fault) throws IOException {
    upstream.failWith(fault);

    assertThatThrownBy(this::stock).isInstanceOf(IOException.class);
  }

  @Test
  void stock_pooledConnectionClosedByPeer_succeeds() throws IOException {
    upstream.failWith(Fault.CLOSED_AFTER_ANSWER);

    for (int i = 0; i < REQUESTS; i++) {
      assertThat(stock().available()).isEqualTo(7);
    }
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  @EnabledOnOs(OS.LINUX)
  void stock_thirtyRequestsUnderAnyFault_leaveNoThreadAndAtMostTheOnePooledSocket(Fault fault)
      throws IOException {
    stock();
    LeakWatch watch = new LeakWatch(upstream.port());
    upstream.failWith(fault);

    for (int i = 0; i < REQUESTS; i++) {
      tryStock();
    }

    assertThat(watch.threads()).isEmpty();
    await().atMost(2, SECONDS).untilAsserted(() -> assertThat(watch.sockets()).isLessThan(2));
  }

  private Stock stock() throws IOException {
    return client.stock("A-1", Requests.enoughTime());
  }

  private void tryStock() {
    try {
      client.stock("A-1", Deadline.in(Duration.ofMillis(150)));
    } catch (IOException e) {
      assertThat(e).hasMessageNotContaining("Too many open files");
    }
  }
}
