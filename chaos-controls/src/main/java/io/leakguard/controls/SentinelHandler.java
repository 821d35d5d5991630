package io.leakguard.controls;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.leakguard.LeakGuard;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;

/**
 * The positive control: asks {@code UPSTREAM_URL} as {@link CleanHandler} does, and starts one
 * thread that never ends for every call that fails (no complete answer, or a 5xx status).
 */
public final class SentinelHandler implements RequestStreamHandler {

  private static final String THREAD_NAME = "sentinel-leak";

  private final RequestStreamHandler guarded = LeakGuard.wrap(this::process);
  private final Upstream upstream;

  /** Reads the upstream's address from {@code UPSTREAM_URL}. */
  public SentinelHandler() {
    this(Upstream.fromEnvironment());
  }

  SentinelHandler(Upstream upstream) {
    this.upstream = upstream;
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    guarded.handleRequest(input, output, context);
  }

  private void process(InputStream input, OutputStream output, Context context) throws IOException {
    boolean failed = hasFailed();
    if (failed) {
      leak();
    }
    output.write(("{\"leaked\":" + failed + "}").getBytes(StandardCharsets.UTF_8));
  }

  private boolean hasFailed() {
    try {
      return upstream.get() >= 500;
    } catch (IOException e) {
      return true;
    }
  }

  private static void leak() {
    Thread thread = new Thread(SentinelHandler::waitForever, THREAD_NAME);
    thread.setDaemon(true);
    thread.start();
  }

  private static void waitForever() {
    CountDownLatch never = new CountDownLatch(1);
    while (never.getCount() > 0) {
      try {
        never.await();
      } catch (InterruptedException e) {
        // Nothing ends this thread: that is what it is for.
      }
    }
  }
}
