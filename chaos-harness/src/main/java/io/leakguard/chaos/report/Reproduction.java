package io.leakguard.chaos.report;

import io.leakguard.chaos.results.FunctionResult;
import java.util.Locale;

/**
 * A JUnit test that reproduces a finding without chaos: a small upstream that fails as the shape
 * does, a few invocations, and what must not grow.
 */
final class Reproduction {
  private Reproduction() {}

  /** How the upstream of the test fails. */
  private enum Upstream {
    SILENT("IsSilent", "Thread.sleep(60_000); // accepts, and never answers"),
    RESETS("Resets", "socket.setSoLinger(true, 0); // closes with a reset"),
    CUT(
        "IsCutOff",
        "answer(socket, \"HTTP/1.1 200 OK\\r"
            + "\\n"
            + "Content-Length: 100\\r"
            + "\\n"
            + "\\r"
            + "\\n"
            + "{\"); // then closes"),
    FAILS(
        "AnswersAnError",
        "answer(socket, \"HTTP/1.1 503 Busy\\r\\nContent-Length: 4\\r\\n\\r\\nbusy\");\n"
            + "          Thread.sleep(60_000); // keeps the connection alive");

    private final String name;
    private final String code;

    Upstream(String name, String code) {
      this.name = name;
      this.code = code;
    }

    static Upstream of(String shape) {
      String name = shape.toLowerCase(Locale.ROOT);
      if (name.contains("503") || name.contains("error") || name.contains("unread")) {
        return FAILS;
      }
      if (name.contains("reset") || name.contains("refused") || name.contains("flap")) {
        return RESETS;
      }
      return name.contains("cut") || name.contains("truncated") ? CUT : SILENT;
    }
  }

  /**
   * The test as text.
   *
   * @param function its configuration, or null when it is unknown
   */
  static String of(Bug bug, BugClass bugClass, FunctionResult function) {
    Upstream upstream = Upstream.of(bug.cell().shape());
    String variable =
        function == null || function.upstreams().isEmpty()
            ? "the upstream's address"
            : function.upstreams().keySet().iterator().next();
    String handler = handler(bug, function);
    String method = method(function);
    return """
    // %s in small; it needs %s.
    // Run it with %s=http://127.0.0.1:18080 in the environment.
    class %sLeakTest {
      private final AtomicInteger connections = new AtomicInteger();

      @Test
      void %s_upstream%s_leavesNothingBehind() throws Exception {
        try (ServerSocket upstream =
            new ServerSocket(18080, 50, InetAddress.getLoopbackAddress())) {
          Thread server = new Thread(() -> serve(upstream));
          server.setDaemon(true);
          server.start();
          %s handler = new %s();
    %s
        }
      }

      private void serve(ServerSocket upstream) {
        while (!upstream.isClosed()) {
          try {
            Socket accepted = upstream.accept();
            connections.incrementAndGet();
            Thread one = new Thread(() -> fail(accepted));
            one.setDaemon(true);
            one.start();
          } catch (IOException e) {
            return; // the test is over
          }
        }
      }

      private static void fail(Socket accepted) {
        try (Socket socket = accepted) {
          socket.getInputStream().read();
          %s
        } catch (Exception e) {
          // The client has closed first.
        }
      }
    %s}
    """
        .formatted(
            bug.cell().shape(),
            bugClass.counted() == BugClass.Counted.THREADS
                ? "io.leakguard:guard and JUnit"
                : "JUnit",
            variable,
            handler,
            method,
            upstream.name,
            handler,
            handler,
            check(bugClass, method).indent(6).stripTrailing(),
            upstream.code.replace("\n          ", "\n      "),
            upstream.code.contains("answer(") ? ANSWER : "")
        .stripTrailing();
  }

  private static final String ANSWER =
      """

        private static void answer(Socket socket, String text) throws IOException {
          socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        }
      """;

  private static String check(BugClass bugClass, String method) {
    String call =
        """
        try {
          handler.%s(event(), context()); // as your other tests make them
        } catch (Exception e) {
          // It may fail: the upstream does. It must not leave anything behind.
        }\
        """
            .formatted(method);
    return switch (bugClass.counted()) {
      case THREADS -> "LeakGuard.check(\n    () -> {\n" + call.indent(6) + "    });";
      case SOCKETS, DESCRIPTORS -> repeated(call, "descriptors()", openDescriptors());
      case BACKLOG -> repeated(call, "ForkJoinPool.commonPool().getQueuedSubmissionCount()", "");
      case REQUESTS ->
          call + "\nassertEquals(1, connections.get(), \"requests for one invocation\");";
    };
  }

  private static String repeated(String call, String level, String helper) {
    return "long before = "
        + level
        + ";\nfor (int i = 0; i < 8; i++) {\n"
        + call.indent(2)
        + "}\nassertTrue("
        + level
        + " - before < 4, \"each invocation leaves one behind\");"
        + helper;
  }

  /** Linux only, as Lambda is. */
  private static String openDescriptors() {
    return "\n// long descriptors() { return new File(\"/proc/self/fd\").list().length; }";
  }

  private static String handler(Bug bug, FunctionResult function) {
    if (function == null || function.handler().isEmpty()) {
      return Words.shortName(bug.function()) + "Handler";
    }
    String type = function.handler().split("::")[0];
    return type.substring(type.lastIndexOf('.') + 1);
  }

  private static String method(FunctionResult function) {
    return function != null && function.handler().contains("::")
        ? function.handler().split("::")[1]
        : "handleRequest";
  }
}
