package io.leakguard;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;

/** Ten clean invocations, then one that leaks; run by {@link ClassLoadingTest} in a new JVM. */
final class LeakInAJvmOfItsOwn implements RequestHandler<String, String> {
  static final String BEFORE = "-- before the first leak";
  static final String AFTER = "-- after the first leak";

  private final RequestHandler<String, String> guarded = LeakGuard.wrap(this);
  private BlockedThread leaked;

  private LeakInAJvmOfItsOwn() {}

  public static void main(String[] args) {
    LeakInAJvmOfItsOwn handler = new LeakInAJvmOfItsOwn();
    for (int i = 0; i < 10; i++) {
      handler.guarded.handleRequest("clean", null);
    }
    System.out.println(BEFORE);
    int threads = Thread.activeCount();
    handler.guarded.handleRequest("leak", null);
    int more = Thread.activeCount() - threads - 1;
    System.out.println(AFTER);
    System.out.println("threads started by the report: " + more);
    handler.leaked.release();
  }

  @Override
  public String handleRequest(String input, Context context) {
    if (input.equals("leak")) {
      leaked = BlockedThread.start("order-writer");
    }
    return input;
  }
}
