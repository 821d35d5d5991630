package io.leakguard.chaos.report;

import io.leakguard.chaos.report.BugClass.Counted;
import io.leakguard.chaos.results.FunctionResult;
import java.util.Locale;

/**
 * A JUnit test that reproduces a finding without chaos: a small upstream that fails as the shape
 * does, an invocation or a few, and what must not grow.
 */
final class Reproduction {
  private static final String ANSWER =
      """

      private static void answer(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
      }
      """;

  /** Linux only, as Lambda is. */
  private static final String DESCRIPTORS =
      """

      private static int descriptors() {
        return new File("/proc/self/fd").list().length;
      }
      """;

  private Reproduction() {}

  /** How the upstream of the test fails. */
  private enum Upstream {
    SILENT(
        "IsSilent",
        """
        while (in.read(request) >= 0) {
          // It reads, and never answers.
        }\
        """),
    RESETS(
        "Resets",
        """
        in.read(request);
        socket.setSoLinger(true, 0); // closes with a reset\
        """),
    CUT(
        "IsCutOff",
        """
        in.read(request);
        answer(socket, "HTTP/1.1 200 OK\\r\\nContent-Length: 100\\r\\n\\r\\n{"); // and closes\
        """),
    FAILS(
        "AnswersAnError",
        """
        while (in.read(request) >= 0) {
          answer(socket, "HTTP/1.1 503 Busy\\r\\nContent-Length: 262144\\r\\n\\r\\n");
          answer(socket, "x".repeat(262_144)); // more than buffers hold
        }\
        """);

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
    String handler = handler(bug, function);
    String method = method(function);
    boolean threads = bugClass.counted() == Counted.THREADS;
    return """
    // %s in small; it needs %s.
    // Run it with %s=http://127.0.0.1:18080 in the environment.
    class %sLeakTest {
      %s@Test
      void %s_upstream%s_leavesNothingBehind() throws Exception {
        try (ServerSocket upstream =
            new ServerSocket(18080, 50, InetAddress.getLoopbackAddress())) {
          inBackground(() -> serve(upstream));
          %s handler = new %s();
    %s
        }
      }

      private void serve(ServerSocket upstream) {
        try {
          while (true) {
            Socket accepted = upstream.accept();
            inBackground(() -> fail(accepted));
          }
        } catch (IOException e) {
          // The test is over.
        }
      }

      private void fail(Socket accepted) {
    %s
      }

      private static void inBackground(Runnable task) {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        thread.start();
      }
    %s}\
    """
        .formatted(
            bug.cell().shape(),
            threads ? "io.leakguard:guard and JUnit" : "JUnit",
            variable(function),
            handler,
            field(bugClass.counted()),
            method,
            upstream.name,
            handler,
            handler,
            indented(check(bugClass.counted(), method), 6),
            indented(connection(bugClass.counted(), upstream), 4),
            helpers(bugClass.counted(), upstream));
  }

  private static String indented(String text, int spaces) {
    return text.indent(spaces).stripTrailing();
  }

  private static String field(Counted counted) {
    return switch (counted) {
      case SOCKETS -> "private final AtomicInteger open = new AtomicInteger();\n\n  ";
      case REQUESTS -> "private final AtomicInteger requests = new AtomicInteger();\n\n  ";
      default -> "";
    };
  }

  private static String check(Counted counted, String method) {
    String call =
        """
        try {
          handler.%s(event(), context()); // as your other tests make them
        } catch (Exception e) {
          // It may fail: the upstream does. It must not leave anything behind.
        }\
        """
            .formatted(method);
    return switch (counted) {
      case THREADS -> "LeakGuard.check(\n    () -> {\n" + indented(call, 6) + "\n    });";
      case SOCKETS -> repeated(call) + "\nassertTrue(open.get() < 4, \"connections stay open\");";
      case DESCRIPTORS ->
          "int before = descriptors();\n"
              + repeated(call)
              + "\nassertTrue(descriptors() - before < 4, \"descriptors stay open\");";
      case BACKLOG ->
          repeated(call)
              + "\nlong queued = ForkJoinPool.commonPool().getQueuedSubmissionCount();"
              + "\nassertTrue(queued < 4, \"tasks stay in the queue\");";
      case REQUESTS -> call + "\nassertEquals(1, requests.get(), \"requests of one invocation\");";
    };
  }

  private static String repeated(String call) {
    return "for (int i = 0; i < 8; i++) {\n" + indented(call, 2) + "\n}";
  }

  private static String connection(Counted counted, Upstream upstream) {
    String counts =
        switch (counted) {
          case SOCKETS -> "  open.incrementAndGet();\n";
          case REQUESTS -> "  requests.incrementAndGet();\n";
          default -> "";
        };
    return "try (Socket socket = accepted) {\n"
        + counts
        + "  InputStream in = socket.getInputStream();\n"
        + "  byte[] request = new byte[8_192];\n"
        + indented(upstream.code, 2)
        + "\n} catch (IOException e) {\n  // The client has closed first.\n}"
        + (counted == Counted.SOCKETS ? " finally {\n  open.decrementAndGet();\n}" : "");
  }

  private static String helpers(Counted counted, Upstream upstream) {
    String answer = upstream.code.contains("answer(") ? ANSWER : "";
    String all = answer + (counted == Counted.DESCRIPTORS ? DESCRIPTORS : "");
    return all.indent(2).replace("  \n", "\n");
  }

  private static String variable(FunctionResult function) {
    return function == null || function.upstreams().isEmpty()
        ? "the upstream's address"
        : function.upstreams().keySet().iterator().next();
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
