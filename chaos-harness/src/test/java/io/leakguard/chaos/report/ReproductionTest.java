package io.leakguard.chaos.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.sun.source.util.JavacTask;
import io.leakguard.chaos.results.CellResult;
import io.leakguard.chaos.results.FindingResult;
import io.leakguard.chaos.results.FunctionResult;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ReproductionTest {
  private static final FunctionResult FUNCTION =
      new FunctionResult(
          "com.acme.Orders::handle",
          "java21",
          "21",
          512,
          10_000L,
          "",
          "",
          Map.of(),
          Map.of("ORDERS_URL", "stub"),
          List.of());

  private static Bug bug(String shape, String kind, String... stack) {
    CellResult cell =
        new Gson()
            .fromJson(
                "{\"function\": \"F\", \"shape\": \"" + shape + "\", \"verdict\": \"leak\"}",
                CellResult.class);
    FindingResult finding =
        new FindingResult(kind, "", "x", 1.0, null, null, "", List.of(stack), "", "", "", null);
    return new Bug(List.of(new Bug.Sighting(cell, finding)));
  }

  private static List<String> syntaxErrors(String source) throws IOException {
    DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
    JavaFileObject file =
        new SimpleJavaFileObject(URI.create("string:///T.java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return source;
          }
        };
    JavacTask task =
        (JavacTask)
            ToolProvider.getSystemJavaCompiler()
                .getTask(null, null, found, null, null, List.of(file));
    task.parse();
    return found.getDiagnostics().stream().map(Diagnostic::toString).toList();
  }

  @ParameterizedTest
  @EnumSource(BugClass.class)
  void of_everyBugClassAndUpstream_isJava(BugClass bugClass) throws IOException {
    for (String shape :
        List.of("slow-upstream", "connection-reset", "cut-mid-body", "error-with-body")) {
      String source = Reproduction.of(bug(shape, "thread"), bugClass, FUNCTION);
      assertThat(syntaxErrors(source)).as(source).isEmpty();
      assertThat(source.lines())
          .noneMatch(line -> line.endsWith(" "))
          .noneMatch(l -> l.length() > 100);
    }
  }

  @Test
  void of_unknownFunction_guessesItsHandler() throws IOException {
    String source = Reproduction.of(bug("slow-upstream", "socket"), BugClass.SOCKET, null);
    assertThat(syntaxErrors(source)).isEmpty();
    assertThat(source).contains("FHandler handler = new FHandler();").contains("open.get() < 4");
  }

  @Test
  void of_knownFunction_usesItsNames() {
    assertThat(Reproduction.of(bug("slow-upstream", "thread"), BugClass.POOL, FUNCTION))
        .contains("Run it with ORDERS_URL=http://127.0.0.1:18080")
        .contains("class OrdersLeakTest")
        .contains("handler.handle(event(), context());")
        .contains("LeakGuard.check(");
  }

  @ParameterizedTest
  @CsvSource({
    "java.util.concurrent.ThreadPoolExecutor.getTask(ThreadPoolExecutor.java:1062), POOL",
    "java.util.concurrent.ScheduledThreadPoolExecutor$DelayedWorkQueue.take(S.java:899), SCHEDULER",
    "java.util.TimerThread.mainLoop(Timer.java:563), TIMER",
    "jdk.internal.net.http.HttpClientImpl$SelectorManager.run(H.java:889), CLIENT",
    "sun.nio.ch.SocketDispatcher.read0(native), BLOCKED_CALL",
    "java.util.concurrent.ForkJoinPool.awaitWork(ForkJoinPool.java:1724), FORK_JOIN",
    "java.lang.Thread.sleep(native), THREAD",
  })
  void bugClass_ofAThread_isToldByTheMechanism(String frame, BugClass bugClass) {
    assertThat(BugClass.of(bug("s", "thread", frame).finding())).isEqualTo(bugClass);
  }

  @ParameterizedTest
  @CsvSource({
    "socket, SOCKET",
    "descriptor, DESCRIPTOR",
    "backlog, BACKLOG",
    "duplicate, DUPLICATE"
  })
  void bugClass_ofAnythingElse_isToldByTheKind(String kind, BugClass bugClass) {
    assertThat(BugClass.of(bug("s", kind).finding())).isEqualTo(bugClass);
  }
}
