package io.leakguard.chaos.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What peers see of every toxic, in both directions. Lower bounds of times are exact; upper ones
 * leave room for a busy machine.
 */
@ParameterizedClass(name = "{0}")
@EnumSource(Implementation.class)
class ToxicContractTest extends ProxyFixture {
  private static final String UP = "upstream";
  private static final String DOWN = "downstream";
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final Duration AT_ONCE = Duration.ofSeconds(2);

  private static String opposite(String stream) {
    return stream.equals(UP) ? DOWN : UP;
  }

  private static String text(int length) {
    return "0123456789".repeat(length / 10);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {UP, DOWN})
  void latency_holdsChunksOfItsDirectionOnly(String stream) throws IOException {
    Pair pair = connect(makeProxy());
    toxic("latency", stream, "{\"latency\": 400}");
    long start = System.nanoTime();
    expectPassing(pair.sender(stream), pair.receiver(stream), "hello");
    assertThat(since(start)).isBetween(Duration.ofMillis(395), PATIENCE);
    start = System.nanoTime();
    String other = opposite(stream);
    expectPassing(pair.sender(other), pair.receiver(other), "hello");
    assertThat(since(start)).isLessThan(SHORT);
  }

  @Test
  void latency_holdsChunksSideBySide_notOneAfterTheOther() throws IOException {
    Pair pair = connect(makeProxy());
    toxic("latency", DOWN, "{\"latency\": 500}");
    long start = System.nanoTime();
    for (int i = 0; i < 10; i++) {
      send(pair.server(), "x");
      Thread.onSpinWait();
    }
    assertThat(receive(pair.client(), 10)).isEqualTo("x".repeat(10));
    assertThat(since(start)).isBetween(Duration.ofMillis(495), Duration.ofMillis(2_000));
  }

  @Test
  void latency_withJitter_staysWithinIt() throws IOException {
    Pair pair = connect(makeProxy());
    toxic("latency", DOWN, "{\"latency\": 100, \"jitter\": 50}");
    for (int i = 0; i < 10; i++) {
      long start = System.nanoTime();
      expectPassing(pair.server(), pair.client(), "x");
      assertThat(since(start)).isBetween(Duration.ofMillis(49), Duration.ofMillis(600));
    }
  }

  @Test
  void latency_doesNotHoldAClose() throws IOException {
    Pair pair = connect(makeProxy());
    toxic("latency", DOWN, "{\"latency\": 60000}");
    pair.server().close();
    assertThat(nextWithin(pair.client(), AT_ONCE)).isEqualTo("FIN");
  }

  @Test
  void latency_removed_sendsWhatItHoldsAtOnceAndInOrder() throws IOException {
    Pair pair = connect(makeProxy());
    toxic("latency", DOWN, "{\"latency\": 60000}");
    send(pair.server(), "first ");
    assertThat(nextWithin(pair.client(), SHORT)).isEqualTo("nothing");
    send(pair.server(), "second ");
    assertThat(nextWithin(pair.client(), SHORT)).isEqualTo("nothing");
    removeToxic("latency");
    send(pair.server(), "third");
    assertThat(receive(pair.client(), 18)).isEqualTo("first second third");
  }

  @Test
  void latency_updated_sendsWhatItHolds() throws IOException {
    Pair pair = connect(makeProxy());
    toxic("latency", DOWN, "{\"latency\": 60000}");
    send(pair.server(), "x");
    assertThat(nextWithin(pair.client(), SHORT)).isEqualTo("nothing");
    call("PATCH", "/proxies/p/toxics/latency", "{\"attributes\": {\"latency\": 1}}");
    assertThat(nextWithin(pair.client(), AT_ONCE)).isEqualTo("x");
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {UP, DOWN})
  void bandwidth_passesAllAtItsRate(String stream) throws IOException {
    Pair pair = connect(makeProxy());
    toxic("bandwidth", stream, "{\"rate\": 20}");
    long start = System.nanoTime();
    expectPassing(pair.sender(stream), pair.receiver(stream), text(10_000));
    assertThat(since(start)).isBetween(Duration.ofMillis(400), Duration.ofMillis(2_500));
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {UP, DOWN})
  void bandwidth_ofNothing_stallsAndLosesNothing(String stream) throws IOException {
    Pair pair = connect(makeProxy());
    toxic("bandwidth", stream, "{\"rate\": 0}");
    send(pair.sender(stream), text(100));
    assertThat(nextWithin(pair.receiver(stream), SHORT)).isEqualTo("nothing");
    removeToxic("bandwidth");
    assertThat(receive(pair.receiver(stream), 100)).isEqualTo(text(100));
    expectPassing(pair.client(), pair.server(), "usable");
    expectPassing(pair.server(), pair.client(), "usable");
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {UP, DOWN})
  void slowClose_delaysTheEndOnly(String stream) throws IOException {
    Pair pair = connect(makeProxy());
    toxic("slow_close", stream, "{\"delay\": 600}");
    long start = System.nanoTime();
    expectPassing(pair.sender(stream), pair.receiver(stream), "hello");
    assertThat(since(start)).isLessThan(Duration.ofMillis(500));
    start = System.nanoTime();
    pair.sender(stream).close();
    assertThat(next(pair.receiver(stream))).isEqualTo("FIN");
    assertThat(since(start)).isBetween(Duration.ofMillis(590), PATIENCE);
  }

  @Test
  void slowClose_removed_closesAtOnce() throws IOException {
    Pair pair = connect(makeProxy());
    toxic("slow_close", DOWN, "{\"delay\": 60000}");
    pair.server().close();
    assertThat(nextWithin(pair.client(), SHORT)).isEqualTo("nothing");
    removeToxic("slow_close");
    assertThat(nextWithin(pair.client(), AT_ONCE)).isEqualTo("FIN");
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {UP, DOWN})
  void timeout_dropsData_andClosesBothEnds(String stream) throws IOException {
    Pair pair = connect(makeProxy());
    toxic("timeout", stream, "{\"timeout\": 500}");
    long start = System.nanoTime();
    send(pair.sender(stream), "lost");
    assertThat(next(pair.receiver(stream))).isEqualTo("FIN");
    assertThat(since(start)).isBetween(Duration.ofMillis(490), PATIENCE);
    assertThat(next(pair.sender(stream))).isEqualTo("FIN");
  }

  @Test
  void timeout_ofASenderThatTalks_neverComes() throws IOException {
    Pair pair = connect(makeProxy());
    toxic("timeout", DOWN, "{\"timeout\": 900}");
    long start = System.nanoTime();
    while (since(start).compareTo(Duration.ofMillis(1_800)) < 0) {
      send(pair.server(), "x");
      assertThat(nextWithin(pair.client(), Duration.ofMillis(150))).isEqualTo("nothing");
    }
    assertThat(next(pair.client())).isEqualTo("FIN");
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {UP, DOWN})
  void timeout_ofZero_neverCloses_untilRemoved(String stream) throws IOException {
    Pair pair = connect(makeProxy());
    toxic("timeout", stream, "{\"timeout\": 0}");
    send(pair.sender(stream), "lost");
    assertThat(nextWithin(pair.receiver(stream), SHORT)).isEqualTo("nothing");
    String other = opposite(stream);
    expectPassing(pair.sender(other), pair.receiver(other), "passes");
    removeToxic("timeout");
    assertThat(nextWithin(pair.receiver(stream), AT_ONCE)).isEqualTo("FIN");
  }

  @Test
  void timeout_ofZero_passesAClose() throws IOException {
    Pair pair = connect(makeProxy());
    toxic("timeout", DOWN, "{\"timeout\": 0}");
    pair.server().close();
    assertThat(nextWithin(pair.client(), AT_ONCE)).isEqualTo("FIN");
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {UP, DOWN})
  void resetPeer_resetsBothEndsOfANewConnection_atTheFirstByte(String stream) throws IOException {
    int port = makeProxy();
    toxic("reset_peer", stream, "{\"timeout\": 0}");
    Pair pair = connect(port);
    String other = opposite(stream);
    expectPassing(pair.sender(other), pair.receiver(other), "passes");
    send(pair.sender(stream), "x");
    assertThat(next(pair.receiver(stream))).isEqualTo("RST");
    assertThat(next(pair.sender(stream))).isEqualTo("RST");
  }

  @Test
  void resetPeer_withATimeout_waits() throws IOException {
    int port = makeProxy();
    toxic("reset_peer", DOWN, "{\"timeout\": 500}");
    Pair pair = connect(port);
    assertThat(nextWithin(pair.client(), SHORT)).isEqualTo("nothing");
    long start = System.nanoTime();
    send(pair.server(), "x");
    assertThat(next(pair.client())).isEqualTo("RST");
    assertThat(since(start)).isBetween(Duration.ofMillis(490), PATIENCE);
  }

  @Test
  void resetPeer_onAnOpenConnection_onlyCloses() throws IOException {
    Pair pair = connect(makeProxy());
    expectPassing(pair.client(), pair.server(), "open");
    toxic("reset_peer", DOWN, "{\"timeout\": 0}");
    send(pair.server(), "lost");
    assertThat(next(pair.client())).isEqualTo("FIN");
  }

  @Test
  void resetPeer_neverActing_stillResetsWhereAPeerCloses() throws IOException {
    int port = makeProxy();
    toxic("reset_peer", DOWN, "{\"timeout\": 0}");
    call("PATCH", "/proxies/p/toxics/reset_peer", "{\"toxicity\": 0}");
    Pair pair = connect(port);
    expectPassing(pair.server(), pair.client(), "passes");
    pair.server().close();
    assertThat(next(pair.client())).isEqualTo("RST");
  }

  @Test
  void resetPeer_removedWhileItWaits_stillResets() throws IOException {
    int port = makeProxy();
    toxic("reset_peer", DOWN, "{\"timeout\": 700}");
    Pair pair = connect(port);
    long start = System.nanoTime();
    send(pair.server(), "x");
    assertThat(nextWithin(pair.client(), SHORT)).isEqualTo("nothing");
    removeToxic("reset_peer");
    assertThat(next(pair.client())).isEqualTo("RST");
    assertThat(since(start)).isBetween(Duration.ofMillis(690), PATIENCE);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {UP, DOWN})
  void slicer_sendsSlicesWithPauses(String stream) throws IOException {
    Pair pair = connect(makeProxy());
    toxic("slicer", stream, "{\"average_size\": 10, \"size_variation\": 0, \"delay\": 50000}");
    Socket receiver = pair.receiver(stream);
    long start = System.nanoTime();
    send(pair.sender(stream), text(80));
    byte[] first = new byte[80];
    assertThat(receiver.getInputStream().read(first)).isEqualTo(10);
    assertThat(receive(receiver, 70)).isEqualTo(text(70));
    assertThat(since(start)).isBetween(Duration.ofMillis(345), PATIENCE);
  }

  @Test
  void slicer_ofVaryingSizes_losesNothing() throws IOException {
    Pair pair = connect(makeProxy());
    toxic("slicer", DOWN, "{\"average_size\": 100, \"size_variation\": 40, \"delay\": 10}");
    expectPassing(pair.server(), pair.client(), text(20_000));
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {UP, DOWN})
  void limitData_passesSoManyBytes_thenCloses(String stream) throws IOException {
    Pair pair = connect(makeProxy());
    expectPassing(pair.sender(stream), pair.receiver(stream), "not counted");
    toxic("limit_data", stream, "{\"bytes\": 4}");
    expectPassing(pair.sender(stream), pair.receiver(stream), "01");
    send(pair.sender(stream), "234567");
    assertThat(receive(pair.receiver(stream), 2)).isEqualTo("23");
    assertThat(next(pair.receiver(stream))).isEqualTo("FIN");
  }

  @Test
  void limitData_countsForEachConnection_andClosesAtTheLastByte() throws IOException {
    int port = makeProxy();
    toxic("limit_data", DOWN, "{\"bytes\": 3}");
    for (int i = 0; i < 2; i++) {
      Pair pair = connect(port);
      expectPassing(pair.server(), pair.client(), "012");
      assertThat(next(pair.client())).isEqualTo("FIN");
    }
  }

  @Test
  void limitData_raised_goesOnCounting() throws IOException {
    Pair pair = connect(makeProxy());
    toxic("limit_data", DOWN, "{\"bytes\": 4}");
    expectPassing(pair.server(), pair.client(), "012");
    call("PATCH", "/proxies/p/toxics/limit_data", "{\"attributes\": {\"bytes\": 6}}");
    send(pair.server(), "34567");
    assertThat(receive(pair.client(), 3)).isEqualTo("345");
    assertThat(next(pair.client())).isEqualTo("FIN");
  }

  @Test
  void limitData_ofNothing_closesAtTheFirstByte() throws IOException {
    Pair pair = connect(makeProxy());
    toxic("limit_data", DOWN, "{\"bytes\": 0}");
    assertThat(nextWithin(pair.client(), SHORT)).isEqualTo("nothing");
    send(pair.server(), "x");
    assertThat(next(pair.client())).isEqualTo("FIN");
  }

  @Test
  void toxicity_ofZero_disturbsNothing() throws IOException {
    int port = makeProxy();
    post("/proxies/p/toxics", "{\"type\": \"timeout\", \"toxicity\": 0}");
    Pair pair = connect(port);
    expectPassing(pair.server(), pair.client(), "passes");
  }

  @Test
  void toxicity_isRolledForEachConnection() throws IOException {
    int port = makeProxy();
    post(
        "/proxies/p/toxics",
        "{\"type\": \"limit_data\", \"toxicity\": 0.5, \"attributes\": {\"bytes\": 1}}");
    int hit = 0;
    for (int i = 0; i < 60; i++) {
      Pair pair = connect(port);
      send(pair.server(), "01");
      assertThat(receive(pair.client(), 1)).isEqualTo("0");
      hit += next(pair.client()).equals("FIN") ? 1 : 0;
    }
    // Less likely to be outside than one in ten thousand.
    assertThat(hit).isBetween(14, 46);
  }

  @Test
  void toxics_actInTheOrderOfTheirMaking() throws IOException {
    Pair pair = connect(makeProxy());
    toxic("limit_data", DOWN, "{\"bytes\": 3}");
    toxic("latency", DOWN, "{\"latency\": 400}");
    toxic("slow_close", DOWN, "{\"delay\": 400}");
    long start = System.nanoTime();
    send(pair.server(), "012345");
    assertThat(receive(pair.client(), 3)).isEqualTo("012");
    assertThat(since(start)).isBetween(Duration.ofMillis(395), Duration.ofMillis(780));
    assertThat(next(pair.client())).isEqualTo("FIN");
    assertThat(since(start)).isBetween(Duration.ofMillis(790), PATIENCE);
  }

  @Test
  void neighbours_comeAndGo_withoutLoss() throws IOException {
    Pair pair = connect(makeProxy());
    toxic("latency", DOWN, "{\"latency\": 60000}");
    send(pair.server(), "a");
    assertThat(nextWithin(pair.client(), SHORT)).isEqualTo("nothing");
    toxic("slicer", DOWN, "{\"average_size\": 1}");
    assertThat(nextWithin(pair.client(), AT_ONCE)).isEqualTo("a");
    send(pair.server(), "b");
    assertThat(nextWithin(pair.client(), SHORT)).isEqualTo("nothing");
    removeToxic("latency");
    assertThat(nextWithin(pair.client(), AT_ONCE)).isEqualTo("b");
    removeToxic("slicer");
    expectPassing(pair.server(), pair.client(), "c");
  }
}
