package io.leakguard.benchmarks;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;

/** A handler as people write it. */
public final class BareHandler implements RequestHandler<String, String> {
  /** For the runtime client. */
  public BareHandler() {}

  @Override
  public String handleRequest(String input, Context context) {
    return "done " + input;
  }
}
