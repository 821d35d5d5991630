package io.leakguard.benchmarks;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.leakguard.LeakGuard;

/** The same handler with the two lines of the README. */
public final class WrappedHandler implements RequestHandler<String, String> {
  private final RequestHandler<String, String> guarded = LeakGuard.wrap(this::process);

  /** For the runtime client. */
  public WrappedHandler() {}

  @Override
  public String handleRequest(String input, Context context) {
    return guarded.handleRequest(input, context);
  }

  private String process(String input, Context context) {
    return "done " + input;
  }
}
