package io.leakguard.chaos.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.leakguard.chaos.fault.FaultProxy;
import io.leakguard.chaos.fault.ToxiproxyServer;
import io.leakguard.chaos.upstream.UpstreamStub;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WayToUpstreamTest {
  private final ToxiproxyServer server = ToxiproxyServer.embedded(1);
  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

  @AfterEach
  void end() {
    server.close();
    loops.shutdownGracefully();
  }

  @Test
  void calls_ofAStandIn_areRequestsWithoutProbes() throws IOException {
    try (UpstreamStub stub = new UpstreamStub(loops)) {
      WayToUpstream way =
          WayToUpstream.to(stub, Optional.of(server.proxy("test", stub.address())), true);
      assertThat(way.failure()).isEmpty();
      get(way.begin());
      assertThat(way.failure()).isEmpty();
      get(way.begin());
      assertThat(stub.requests()).isEqualTo(4);
      assertThat(way.calls()).isEqualTo(OptionalLong.of(2));
      assertThat(way.isReal()).isFalse();
    }
  }

  private static void get(InetSocketAddress address) throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection)
            URI.create("http://127.0.0.1:" + address.getPort() + "/").toURL().openConnection();
    assertThat(connection.getResponseCode()).isEqualTo(200);
    connection.getInputStream().readAllBytes();
  }

  @Test
  void calls_ofARealServer_areConnectionsWithoutProbes() throws IOException {
    try (ServerSocket real = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      InetSocketAddress address = (InetSocketAddress) real.getLocalSocketAddress();
      FaultProxy proxy = server.proxy("test", address);
      WayToUpstream way = WayToUpstream.to(address, Optional.of(proxy));
      assertThat(way.failure()).isEmpty();
      assertThat(way.isReal()).isTrue();
      Socket one = new Socket();
      one.connect(way.begin());
      await().untilAsserted(() -> assertThat(way.calls()).isEqualTo(OptionalLong.of(1)));
      proxy.heal();
      assertThat(way.failure()).isEmpty();
      assertThat(way.calls()).isEqualTo(OptionalLong.of(1));
      one.close();
    }
  }

  @Test
  void calls_ofARealServerWithoutAProxy_areNotKnown() throws IOException {
    try (ServerSocket real = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      WayToUpstream way =
          WayToUpstream.to((InetSocketAddress) real.getLocalSocketAddress(), Optional.empty());
      assertThat(way.failure()).isEmpty();
      assertThat(way.calls()).isEmpty();
      assertThat(way.begin()).isEqualTo(real.getLocalSocketAddress());
    }
  }
}
