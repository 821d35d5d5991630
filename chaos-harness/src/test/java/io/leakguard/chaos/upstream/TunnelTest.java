package io.leakguard.chaos.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hosts of names that do not exist: only the stand-in can answer for them. */
class TunnelTest {
  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

  @TempDir Path folder;
  private UpstreamStub elsewhere;
  private HttpClient client;

  @BeforeEach
  void open() throws IOException, GeneralSecurityException {
    elsewhere =
        new UpstreamStub(loops, "{\"price\":7}", UpstreamStub.Manner.PROXY, Authority.in(folder));
    client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .proxy(ProxySelector.of(elsewhere.address()))
            .sslContext(Trust.only(folder.resolve("trust.p12"), "loopback"))
            .connectTimeout(Duration.ofSeconds(20))
            .build();
  }

  @AfterEach
  void close() {
    elsewhere.close();
    loops.shutdownGracefully();
  }

  @Test
  void https_ofAnyHost_isAnsweredInItsName() throws Exception {
    assertThat(get("https://prices.invalid/today").body()).isEqualTo("{\"price\":7}");
    assertThat(get("https://dynamodb.us-east-1.invalid/").statusCode()).isEqualTo(200);
    assertThat(elsewhere.requests()).isEqualTo(2);
  }

  @Test
  void https_oneConnection_carriesManyRequests() throws Exception {
    for (int i = 0; i < 5; i++) {
      assertThat(get("https://prices.invalid/" + i).statusCode()).isEqualTo(200);
    }
    assertThat(elsewhere.connections()).isEqualTo(1);
  }

  @Test
  void http_ofAnyHost_isAnswered() throws Exception {
    assertThat(get("http://prices.invalid:81/today?x=y").body()).isEqualTo("{\"price\":7}");
  }

  private HttpResponse<String> get(String address) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(address)).timeout(Duration.ofSeconds(20)).build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
