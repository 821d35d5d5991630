package io.leakguard.example;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import io.leakguard.LeakGuard;
import io.leakguard.example.MisbehavingUpstream.Fault;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;

/**
 * An execution environment of one function whose invocations leak: sockets, a thread with a label,
 * pools. It prints what its guard has to say about them.
 */
public final class LeakingEnvironment {

  private static final int HEALTHY = 3;
  private static final int LEAKING = 24;

  /**
   * A pool of connections that warms up may open fifty: until then nothing is held against them.
   */
  private static final int LEAKING_CONNECTIONS = 70;

  private final Context context;
  private final MisbehavingUpstream upstream = new MisbehavingUpstream();

  private LeakingEnvironment(Context context) throws IOException {
    this.context = context;
  }

  /** Plays the function named first, in the version named second. */
  public static void main(String[] arguments) throws IOException {
    new LeakingEnvironment(new FakeContext(arguments[0], arguments[1])).play();
    // What has leaked would keep the process alive.
    System.exit(0);
  }

  private void play() throws IOException {
    leakSockets();
    leakThreadWithLabel();
    leakPools();
  }

  private void leakSockets() throws IOException {
    LeakyBodyHandler handler = new LeakyBodyHandler(upstream.uri());
    send(handler, HEALTHY);
    upstream.failWith(Fault.ERROR_WITH_64_KB_BODY);
    send(handler, LEAKING_CONNECTIONS);
  }

  private void leakThreadWithLabel() {
    CountDownLatch never = new CountDownLatch(1);
    RequestHandler<String, String> handler =
        LeakGuard.wrap(
            (order, invocation) -> {
              LeakGuard.label("tenant", "acme");
              new Thread(() -> await(never), "audit").start();
              return order;
            });
    for (int i = 0; i < HEALTHY; i++) {
      handler.handleRequest("o-1", context);
    }
    never.countDown();
  }

  private void leakPools() throws IOException {
    LeakyPoolHandler handler = new LeakyPoolHandler(upstream.uri());
    upstream.failWith(Fault.RESET);
    send(handler, LEAKING);
  }

  private void send(
      RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> handler, int times) {
    for (int i = 0; i < times; i++) {
      try {
        handler.handleRequest(Requests.http(Requests.ORDER), context);
      } catch (RuntimeException e) {
        // The upstream fails: that is what brings the leak out.
      }
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
