package io.leakguard.chaos.lambda.handlers;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;

/** Takes too long to make. */
public final class NeverReady implements RequestHandler<String, String> {
  public NeverReady() throws InterruptedException {
    Thread.sleep(600_000);
  }

  @Override
  public String handleRequest(String event, Context context) {
    return event;
  }
}
