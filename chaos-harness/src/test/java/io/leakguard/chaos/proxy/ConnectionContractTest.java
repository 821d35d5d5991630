package io.leakguard.chaos.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What peers see of connections as such: their opening, their ends, and what the API does to them.
 */
@ParameterizedClass(name = "{0}")
@EnumSource(Implementation.class)
class ConnectionContractTest extends ProxyFixture {
  private static final Duration AT_ONCE = Duration.ofSeconds(2);

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"upstream", "downstream"})
  void bytes_passUnchanged_howeverMany(String stream) throws IOException {
    Pair pair = connect(makeProxy());
    String text = "0123456789abcdef".repeat(1 << 18);
    CompletableFuture<Void> sending =
        CompletableFuture.runAsync(
            () -> {
              try {
                send(pair.sender(stream), text);
                pair.sender(stream).close();
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            });
    String received = receive(pair.receiver(stream), text.length() + 1);
    sending.join();
    assertThat(received.length()).isEqualTo(text.length());
    assertThat(received.equals(text)).isTrue();
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"upstream", "downstream"})
  void close_isSeenByTheOtherPeer(String stream) throws IOException {
    Pair pair = connect(makeProxy());
    send(pair.sender(stream), "last");
    pair.sender(stream).close();
    assertThat(receive(pair.receiver(stream), 4)).isEqualTo("last");
    assertThat(nextWithin(pair.receiver(stream), AT_ONCE)).isEqualTo("FIN");
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"upstream", "downstream"})
  void reset_isSeenAsAClose(String stream) throws IOException {
    Pair pair = connect(makeProxy());
    expectPassing(pair.sender(stream), pair.receiver(stream), "open");
    pair.sender(stream).setSoLinger(true, 0);
    pair.sender(stream).close();
    assertThat(nextWithin(pair.receiver(stream), AT_ONCE)).isEqualTo("FIN");
  }

  @Test
  void upstreamDown_isAcceptedThenClosed() throws IOException {
    int port = makeProxy();
    upstream.close();
    Socket client = dial(port);
    assertThat(nextWithin(client, AT_ONCE)).isEqualTo("FIN");
    assertThat(get("/proxies/p").field("enabled")).isEqualTo("true");
  }

  @Test
  void upstreamWithoutAnAddress_isAcceptedThenClosed() throws IOException {
    int port = port(post("/proxies", definition("p").replace(upstreamAddress(), "nowhere")));
    assertThat(nextWithin(dial(port), AT_ONCE)).isEqualTo("FIN");
  }

  @Test
  void disabled_closesAndRefuses_untilEnabledOnTheSamePort() throws IOException {
    int port = makeProxy();
    Pair pair = connect(port);
    expectPassing(pair.client(), pair.server(), "open");
    call("PATCH", "/proxies/p", "{\"enabled\": false}");
    assertThat(nextWithin(pair.client(), AT_ONCE)).isEqualTo("FIN");
    assertThat(nextWithin(pair.server(), AT_ONCE)).isEqualTo("FIN");
    assertThatThrownBy(() -> dial(port)).isInstanceOf(ConnectException.class);
    assertThat(port(call("PATCH", "/proxies/p", "{\"enabled\": true}"))).isEqualTo(port);
    Pair again = connect(port);
    expectPassing(again.server(), again.client(), "open");
  }

  @Test
  void deleted_closesAndRefuses() throws IOException {
    int port = makeProxy();
    Pair pair = connect(port);
    expectPassing(pair.client(), pair.server(), "open");
    call("DELETE", "/proxies/p", "");
    assertThat(nextWithin(pair.client(), AT_ONCE)).isEqualTo("FIN");
    assertThat(nextWithin(pair.server(), AT_ONCE)).isEqualTo("FIN");
    assertThatThrownBy(() -> dial(port)).isInstanceOf(ConnectException.class);
  }

  @Test
  void deletedAndMadeAnew_onOnePort_manyTimes() throws IOException {
    int port = makeProxy();
    String again = definition("p").replace(":0\"", ":" + port + "\"");
    for (int i = 0; i < 100; i++) {
      Pair pair = connect(port);
      assertThat(call("DELETE", "/proxies/p", "").status()).isEqualTo(204);
      Answer made = post("/proxies", again);
      assertThat(made.status()).as(made.body()).isEqualTo(201);
      assertThat(nextWithin(pair.client(), AT_ONCE)).isEqualTo("FIN");
      call("PATCH", "/proxies/p", "{\"enabled\": false}");
      assertThatThrownBy(() -> dial(port)).isInstanceOf(ConnectException.class);
      assertThat(call("PATCH", "/proxies/p", "{\"enabled\": true}").status()).isEqualTo(200);
    }
  }

  @Test
  void deleted_underAReaderThatIsStuck_answersAndCanBeMadeAnew() throws IOException {
    int port = makeProxy();
    Pair pair = connect(port);
    toxic("latency", "downstream", "{\"latency\": 1}");
    Stuck.fill(pair.server());
    assertThat(call("DELETE", "/proxies/p", "").status()).isEqualTo(204);
    post("/proxies", definition("p").replace(":0\"", ":" + port + "\""));
    Pair again = connect(port);
    expectPassing(again.server(), again.client(), "open");
  }

  @Test
  void manyConnections_areAllServed() throws IOException {
    int port = makeProxy();
    for (int i = 0; i < 200; i++) {
      Pair pair = connect(port);
      expectPassing(pair.client(), pair.server(), "request");
      expectPassing(pair.server(), pair.client(), "answer");
    }
  }
}
