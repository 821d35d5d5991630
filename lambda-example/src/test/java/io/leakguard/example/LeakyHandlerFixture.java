package io.leakguard.example;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import io.leakguard.example.MisbehavingUpstream.Fault;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.function.Function;

/** A handler, its upstream and what the two of them leave in this process. */
final class LeakyHandlerFixture implements AutoCloseable {

  private static final Duration AT_MOST = Duration.ofSeconds(5);

  private final MisbehavingUpstream upstream = new MisbehavingUpstream();
  private final FakeContext context = new FakeContext();
  private final RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> handler;
  private final LeakWatch watch;

  LeakyHandlerFixture(
      Function<URI, RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse>> constructor)
      throws IOException {
    handler = constructor.apply(upstream.uri());
    watch = new LeakWatch(upstream.port());
  }

  MisbehavingUpstream upstream() {
    return upstream;
  }

  LeakWatch watch() {
    return watch;
  }

  FakeContext context() {
    return context;
  }

  /** The status of one more invocation, -1 where the handler threw. */
  int send(String order) {
    long start = System.nanoTime();
    int status;
    try {
      status = handler.handleRequest(Requests.http(order), context).getStatusCode();
    } catch (RuntimeException e) {
      status = -1;
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(AT_MOST);
    return status;
  }

  void sendHealthy(int times) {
    for (int i = 0; i < times; i++) {
      assertThat(send(Requests.ORDER)).isEqualTo(200);
    }
  }

  void sendUnder(Fault fault, int times, int expectedStatus) throws IOException {
    upstream.failWith(fault);
    for (int i = 0; i < times; i++) {
      assertThat(send(Requests.ORDER)).isEqualTo(expectedStatus);
    }
  }

  @Override
  public void close() throws IOException {
    upstream.close();
  }
}
