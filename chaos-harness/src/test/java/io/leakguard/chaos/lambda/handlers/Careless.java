package io.leakguard.chaos.lambda.handlers;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** Knows nothing of a guard and leaves a thread behind with every invocation. */
public final class Careless implements RequestHandler<Map<String, Object>, String> {
  @Override
  public String handleRequest(Map<String, Object> event, Context context) {
    Thread thread = new Thread(() -> park(), "careless");
    thread.setDaemon(true);
    thread.start();
    return "done";
  }

  private static void park() {
    while (true) {
      LockSupport.park();
    }
  }
}
