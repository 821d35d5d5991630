package io.leakguard.chaos.upstream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Socket;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UpstreamStubTest {
  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final UpstreamStub upstream = new UpstreamStub(loops);

  @AfterEach
  void close() {
    upstream.close();
    loops.shutdownGracefully();
  }

  private HttpURLConnection get(String path) throws IOException {
    URI address = URI.create("http://127.0.0.1:" + upstream.address().getPort() + path);
    return (HttpURLConnection) address.toURL().openConnection();
  }

  @Test
  void inventory_isAnsweredWithABodyWorthCutting() throws IOException {
    HttpURLConnection connection = get("/inventory/A-1");
    String body = new String(connection.getInputStream().readAllBytes(), UTF_8);
    assertThat(body).startsWith("{\"sku\":\"A-1\",\"available\":7,").endsWith("]}");
    assertThat(body.length()).isBetween(1_500, 3_000);
    assertThat(upstream.requests()).isEqualTo(1);
  }

  @Test
  void answer_isUsedForTheRequestsThatFollow() throws IOException {
    upstream.behave(new Answer(503, 65_536));
    HttpURLConnection connection = get("/inventory/A-1");
    assertThat(connection.getResponseCode()).isEqualTo(503);
    assertThat(connection.getErrorStream().readAllBytes()).hasSize(65_536);
  }

  @Test
  void closeConnections_endsIdleOnes() throws IOException {
    try (Socket socket =
        new Socket(upstream.address().getAddress(), upstream.address().getPort())) {
      socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(UTF_8));
      assertThat(socket.getInputStream().read()).isEqualTo('H');
      upstream.closeConnections();
      socket.setSoTimeout(5_000);
      assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8)).endsWith("{}");
    }
  }

  @Test
  void answer_outsideHttp_isRefused() {
    assertThatThrownBy(() -> new Answer(0, 0)).hasMessage("status must be from 100 to 599: 0");
  }
}
