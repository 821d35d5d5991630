package io.leakguard.gauntlet;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.leakguard.LeakGuard;
import io.leakguard.gauntlet.cases.Body;
import io.leakguard.gauntlet.cases.Catalogue;
import io.leakguard.gauntlet.cases.HandlerFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Runs one case in this JVM: the handler's class first, then one invocation after the other. */
final class Child {
  /** Start of the last line: what the run left in this JVM, counted without the guard. */
  static final String DONE = "GAUNTLET DONE";

  /** A caller does not send the next event at once. */
  private static final long PAUSE_MILLIS = 20;

  private Child() {}

  public static void main(String[] arguments) {
    int code = 1;
    try {
      run(arguments[0], Integer.parseInt(arguments[1]));
      code = 0;
    } catch (Throwable failure) {
      failure.printStackTrace(System.err);
    }
    System.out.flush();
    System.err.flush();
    // Not exit: what a case has left behind must not keep this JVM.
    Runtime.getRuntime().halt(code);
  }

  private static void run(String name, int invocations) throws Exception {
    Body body = Catalogue.named(name).setUp().prepare();
    RequestHandler<Integer, String> handler =
        LeakGuard.wrap((Integer invocation, Context context) -> handle(body, invocation));
    int threads = Thread.getAllStackTraces().size();
    long descriptors = descriptors();
    for (int i = 1; i <= invocations; i++) {
      try {
        handler.handleRequest(i, EnvironmentContext.of(i));
      } catch (HandlerFailure expected) {
        System.out.println("the handler failed: " + expected.getMessage());
      }
      Thread.sleep(PAUSE_MILLIS);
    }
    System.out.printf(
        "%n%s threads=%+d descriptors=%+d%n",
        DONE, Thread.getAllStackTraces().size() - threads, descriptors() - descriptors);
  }

  private static String handle(Body body, int invocation) {
    try {
      body.invoke(invocation);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("the case is broken", e);
    }
    return "done";
  }

  private static long descriptors() throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      return open.count();
    }
  }
}
