package io.leakguard.controls;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.leakguard.LeakGuard;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * The negative control: asks {@code UPSTREAM_URL} and leaves nothing behind. Answers {@code
 * {"upstream":STATUS}}, with 0 where there was no complete answer.
 */
public final class CleanHandler implements RequestStreamHandler {

  private final RequestStreamHandler guarded = LeakGuard.wrap(this::process);
  private final Upstream upstream;

  /** Reads the upstream's address from {@code UPSTREAM_URL}. */
  public CleanHandler() {
    this(Upstream.fromEnvironment());
  }

  CleanHandler(Upstream upstream) {
    this.upstream = upstream;
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    guarded.handleRequest(input, output, context);
  }

  private void process(InputStream input, OutputStream output, Context context) throws IOException {
    String answer = "{\"upstream\":" + status() + "}";
    output.write(answer.getBytes(StandardCharsets.UTF_8));
  }

  private int status() {
    try {
      return upstream.get();
    } catch (IOException e) {
      return 0;
    }
  }
}
