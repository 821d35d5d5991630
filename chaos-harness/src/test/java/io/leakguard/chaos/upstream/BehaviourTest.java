package io.leakguard.chaos.upstream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a client sees, byte for byte. */
class BehaviourTest {
  private static final int SHORT_MILLIS = 100;
  private static final int LONG_MILLIS = 5_000;
  private static final byte[] GET = "GET /x HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(UTF_8);
  private static final byte[] POST =
      "POST /x HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nhi".getBytes(UTF_8);

  @TempDir private Path folder;

  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final UpstreamStub upstream = new UpstreamStub(loops);

  @AfterEach
  void close() {
    upstream.close();
    loops.shutdownGracefully();
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket();
    socket.connect(upstream.address(), LONG_MILLIS);
    socket.setSoTimeout(LONG_MILLIS);
    return socket;
  }

  private Socket ask(Behaviour behaviour) throws IOException {
    upstream.behave(behaviour);
    Socket socket = connect();
    socket.getOutputStream().write(GET);
    return socket;
  }

  private static String rest(Socket socket) throws IOException {
    return new String(socket.getInputStream().readAllBytes(), UTF_8);
  }

  private static void readHead(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (!head.toString().endsWith("\r\n\r\n")) {
      head.append((char) in.read());
    }
  }

  @Test
  void stall_sendsAPartAndThenNothing() throws IOException {
    try (Socket socket = ask(new Behaviour.Stall(503, 10, 3))) {
      readHead(socket.getInputStream());
      assertThat(socket.getInputStream().readNBytes(3)).hasSize(3);
      socket.setSoTimeout(SHORT_MILLIS);
      assertThatThrownBy(() -> socket.getInputStream().read())
          .isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void drip_sendsTheWholeBodyInTheEnd() throws IOException {
    try (Socket socket = ask(new Behaviour.Drip(2, Duration.ofMillis(1)))) {
      readHead(socket.getInputStream());
      assertThat(socket.getInputStream().readNBytes(2)).isEqualTo("{}".getBytes(UTF_8));
    }
  }

  @Test
  void reset_isARealOne() throws IOException {
    try (Socket socket = ask(new Behaviour.Reset(3))) {
      assertThatThrownBy(() -> rest(socket))
          .isInstanceOf(SocketException.class)
          .hasMessageContaining("reset");
    }
  }

  @Test
  void chunkMissing_endsAfterTheBody() throws IOException {
    try (Socket socket = ask(new Behaviour.ChunkMissing())) {
      assertThat(rest(socket)).contains("Transfer-Encoding: chunked").endsWith("\r\n2\r\n{}");
    }
  }

  @Test
  void garbage_isNoHttp() throws IOException {
    try (Socket socket = ask(new Behaviour.Garbage())) {
      assertThat(rest(socket)).isNotEmpty().doesNotStartWith("HTTP");
    }
  }

  @Test
  void noAnswer_isAClose() throws IOException {
    try (Socket socket = ask(new Behaviour.NoAnswer(false))) {
      assertThat(rest(socket)).isEmpty();
    }
  }

  @Test
  void noAnswer_ofReusedOnly_answersTheFirstRequest() throws IOException {
    try (Socket socket = ask(new Behaviour.NoAnswer(true))) {
      readHead(socket.getInputStream());
      socket.getOutputStream().write(GET);
      assertThat(rest(socket)).isEqualTo("{}");
    }
  }

  @Test
  void duplicates_arePostsThatComeAgainUnanswered() throws IOException {
    upstream.behave(new Behaviour.NoAnswer(false));
    for (int i = 0; i < 2; i++) {
      try (Socket socket = connect()) {
        socket.getOutputStream().write(POST);
        assertThat(rest(socket)).isEmpty();
      }
    }
    try (Socket socket = ask(Answer.NORMAL)) {
      readHead(socket.getInputStream());
    }
    assertThat(upstream.requests()).isEqualTo(3);
    assertThat(upstream.duplicates()).isEqualTo(1);
  }

  @Test
  void noAnswer_ofReusedOnly_bringsOutTheClientThatPostsTwice() throws IOException {
    upstream.behave(new Behaviour.NoAnswer(true));
    post("{\"order\":1}");
    post("{\"order\":2}");
    // HttpURLConnection repeats a POST silently when a kept connection ends without an answer.
    assertThat(upstream.requests()).isEqualTo(3);
    assertThat(upstream.duplicates()).isEqualTo(1);
  }

  private void post(String body) throws IOException {
    URI address = URI.create("http://127.0.0.1:" + upstream.address().getPort() + "/orders");
    HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
    connection.setDoOutput(true);
    connection.getOutputStream().write(body.getBytes(UTF_8));
    try (InputStream in = connection.getInputStream()) {
      assertThat(in.readAllBytes()).isEqualTo("{}".getBytes(UTF_8));
    }
  }

  @Test
  void inTurn_goesRound() {
    Behaviour first = new Behaviour.Garbage();
    Behaviour turns = new Behaviour.InTurn(List.of(first, Answer.NORMAL));
    assertThat(IntStream.range(0, 4).mapToObj(n -> turns.at(n, 0)))
        .containsExactly(first, Answer.NORMAL, first, Answer.NORMAL);
  }

  @Test
  void dice_fallAlikeEachTimeAndAboutAsOftenAsTheyShould() {
    Behaviour dice = new Behaviour.Dice(30, 7, new Behaviour.Garbage());
    List<Behaviour> rolls = IntStream.range(0, 1000).mapToObj(n -> dice.at(n, 0)).toList();
    assertThat(IntStream.range(0, 1000).mapToObj(n -> dice.at(n, 0)).toList()).isEqualTo(rolls);
    assertThat(rolls.stream().filter(Behaviour.Garbage.class::isInstance).count())
        .isBetween(250L, 350L);
  }

  @Test
  void abandon_leavesOpenConnectionsDeadAndNewOnesFine() throws IOException {
    try (Socket old = ask(Answer.NORMAL)) {
      readHead(old.getInputStream());
      assertThat(old.getInputStream().readNBytes(2)).hasSize(2);
      upstream.abandonConnections();
      old.getOutputStream().write(GET);
      old.setSoTimeout(SHORT_MILLIS);
      assertThatThrownBy(() -> old.getInputStream().read())
          .isInstanceOf(SocketTimeoutException.class);
      try (Socket fresh = ask(Answer.NORMAL)) {
        readHead(fresh.getInputStream());
      }
    }
  }

  @Test
  void resetConnections_isARealReset() throws IOException {
    try (Socket socket = ask(Answer.NORMAL)) {
      readHead(socket.getInputStream());
      assertThat(socket.getInputStream().readNBytes(2)).hasSize(2);
      upstream.resetConnections();
      assertThatThrownBy(() -> socket.getInputStream().read())
          .isInstanceOf(SocketException.class)
          .hasMessageContaining("reset");
    }
  }

  @Test
  void swallow_makesConnectingTakeForEverUntilItEnds() throws IOException {
    InetSocketAddress address = upstream.address();
    upstream.swallow(true);
    try (Socket socket = new Socket()) {
      assertThatThrownBy(() -> socket.connect(address, SHORT_MILLIS))
          .isInstanceOf(SocketTimeoutException.class);
    }
    upstream.swallow(false);
    try (Socket socket = ask(Answer.NORMAL)) {
      readHead(socket.getInputStream());
    }
    assertThat(upstream.address()).isEqualTo(address);
  }

  @Test
  void tls_isTrustedStalledOrUntrusted() throws Exception {
    Authority authority = Authority.in(folder);
    SSLSocketFactory factory =
        Trust.only(folder.resolve("trust.p12"), "loopback").getSocketFactory();
    try (UpstreamStub secure = new UpstreamStub(loops, "", UpstreamStub.Manner.TLS, authority)) {
      shake(factory, secure);
      secure.shake(Handshake.UNTRUSTED);
      assertThatThrownBy(() -> shake(factory, secure))
          .isInstanceOf(SSLHandshakeException.class)
          .hasMessageContaining("PKIX path");
      secure.shake(Handshake.STALLED);
      assertThatThrownBy(() -> shake(factory, secure))
          .isInstanceOfAny(SocketTimeoutException.class, SSLException.class)
          .hasMessageContaining("timed out");
    }
  }

  private static void shake(SSLSocketFactory factory, UpstreamStub secure) throws IOException {
    try (SSLSocket socket =
        (SSLSocket) factory.createSocket("127.0.0.1", secure.address().getPort())) {
      socket.setSoTimeout(2_000);
      socket.startHandshake();
    }
  }
}
