package io.leakguard.chaos.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the embedded proxy does otherwise than the original. */
@ParameterizedClass(name = "{0}")
@EnumSource(value = Implementation.class, names = "EMBEDDED")
class EmbeddedProxyTest extends ProxyFixture {
  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"upstream", "downstream"})
  void halfClose_isCarried(String stream) throws IOException {
    Pair pair = connect(makeProxy());
    send(pair.sender(stream), "request");
    pair.sender(stream).shutdownOutput();
    assertThat(receive(pair.receiver(stream), 7)).isEqualTo("request");
    assertThat(next(pair.receiver(stream))).isEqualTo("FIN");
    expectPassing(pair.receiver(stream), pair.sender(stream), "answer");
    pair.receiver(stream).close();
    assertThat(next(pair.sender(stream))).isEqualTo("FIN");
  }

  @Test
  void api_underAReaderThatIsStuck_answersAtOnce() throws IOException {
    int port = makeProxy();
    Pair stuck = connect(port);
    Stuck.fill(stuck.server());
    long start = System.nanoTime();
    for (String type : List.of("latency", "bandwidth", "slicer", "slow_close", "limit_data")) {
      toxic(type, "downstream", "{}");
      call("PATCH", "/proxies/p/toxics/" + type, "{\"toxicity\": 0.5}");
      removeToxic(type);
    }
    assertThat(post("/reset", "").status()).isEqualTo(204);
    assertThat(get("/proxies").status()).isEqualTo(200);
    assertThat(since(start)).isLessThan(Duration.ofSeconds(2));
    Pair other = connect(port);
    expectPassing(other.server(), other.client(), "served");
  }

  @Test
  void stuckReader_thatReadsAgain_getsEveryByte() throws IOException {
    Pair pair = connect(makeProxy());
    toxic("latency", "downstream", "{\"latency\": 1}");
    byte[] block = new byte[1 << 20];
    Thread sender =
        new Thread(
            () -> {
              try (Socket server = pair.server()) {
                for (int i = 0; i < 48; i++) {
                  server.getOutputStream().write(block);
                }
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            },
            "sender");
    sender.start();
    for (int i = 0; i < 10; i++) {
      toxic("slicer", "downstream", "{\"average_size\": 10000}");
      removeToxic("slicer");
      pair.client().getInputStream().readNBytes(1 << 20);
    }
    assertThat(pair.client().getInputStream().readAllBytes()).hasSize(38 << 20);
  }

  @Test
  void seed_decidesWhichConnectionsAreHit() throws IOException {
    List<Boolean> first = rolls();
    assertThat(first).contains(true, false);
    call("DELETE", "/proxies/p", "");
    List<Boolean> second = rolls();
    assertThat(second).isNotEqualTo(first);
    restart();
    assertThat(rolls()).isEqualTo(first);
  }

  private void restart() throws IOException {
    try {
      stopServer();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    startServer();
  }

  private List<Boolean> rolls() throws IOException {
    int port = makeProxy();
    post("/proxies/p/toxics", "{\"type\": \"limit_data\", \"toxicity\": 0.5}");
    List<Boolean> hits = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      Pair pair = connect(port);
      send(pair.server(), "x");
      hits.add(next(pair.client()).equals("FIN"));
    }
    return hits;
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"0.0.0.0:0", "[::]:0"})
  void listen_beyondLoopback_isRefused(String listen) {
    Answer answer = post("/proxies", definition("p").replace("127.0.0.1:0", listen));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.field("error"))
        .isEqualTo("listen must be on loopback, the only place of the embedded proxy: " + listen);
  }

  @Test
  void close_closesConnectionsAndFreesPorts() throws Exception {
    EmbeddedProxy proxy = EmbeddedProxy.start(1);
    int api = proxy.address().getPort();
    assertThat(proxy.address().getAddress().isLoopbackAddress()).isTrue();
    proxy.close();
    assertThatThrownBy(() -> dial(api)).isInstanceOf(ConnectException.class);
    Pair pair = connect(makeProxy());
    expectPassing(pair.client(), pair.server(), "open");
    Socket client = pair.client();
    endServer();
    assertThat(next(client)).isEqualTo("FIN");
  }
}
