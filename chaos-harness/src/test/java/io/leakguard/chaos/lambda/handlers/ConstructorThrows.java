package io.leakguard.chaos.lambda.handlers;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;

/** Cannot be made. */
public final class ConstructorThrows implements RequestHandler<String, String> {
  public ConstructorThrows() {
    throw new IllegalArgumentException("TABLE_NAME is not set");
  }

  @Override
  public String handleRequest(String event, Context context) {
    return event;
  }
}
