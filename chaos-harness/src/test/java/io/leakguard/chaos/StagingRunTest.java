package io.leakguard.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.leakguard.chaos.staging.MotoServer;
import io.leakguard.chaos.staging.StagingWorld;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;
import picocli.CommandLine;

/** {@code chaos run --staging}, as a user types it, against a staging account on this machine. */
class StagingRunTest {
  private static final String CLEAN = "OrdersApiFunction";
  private static final String LEAKING = "LeakyPoolFunction";
  private static final String FORGETFUL = "LeakyTimedGetFunction";

  private static final String SLOW = "SlowTimedGetFunction";

  /** Where docs/matrix.md has what a local run said of each. */
  private static final Map<String, Integer> COLUMNS = Map.of(LEAKING, 2, FORGETFUL, 3, CLEAN, 7);

  private static final String RAILS =
      """
      accounts: ["%s"]
      maximumDuration: 5m
      maximumInvocations: 1000
      maximumPerSecond: 50
      """
          .formatted(MotoServer.ACCOUNT);

  private static StagingWorld world;
  private static String missing;

  @TempDir private Path folder;

  private record Said(int exitCode, String out, String err, Path results) {
    JsonObject json() throws IOException {
      return JsonParser.parseString(Files.readString(results.resolve("results.json")))
          .getAsJsonObject();
    }
  }

  @BeforeAll
  static void begin() throws Exception {
    try {
      world = StagingWorld.start();
    } catch (TestAbortedException e) {
      missing = e.getMessage();
      return;
    }
    world.deploy(CLEAN, "OrdersApiHandler::handleRequest");
    world.deploy(LEAKING, "LeakyPoolHandler::handleRequest");
    world.deploy(FORGETFUL, "LeakyTimedGetHandler::handleRequest");
    world.deploy(SLOW, "LeakyTimedGetHandler::handleRequest");
    world.properties().forEach(System::setProperty);
  }

  /** Not before all of them: then none would be counted as skipped. */
  @BeforeEach
  void nothingIsMissing() {
    Assumptions.assumeTrue(missing == null, missing);
  }

  @AfterAll
  static void end() {
    if (world != null) {
      world.properties().keySet().forEach(System::clearProperty);
      world.close();
    }
  }

  private Path file(String rails, String... functions) throws IOException {
    StringBuilder text = new StringBuilder();
    for (String function : functions) {
      text.append(StagingWorld.function(function));
    }
    return world.file(folder, text.toString(), rails);
  }

  private Said chaos(Path file, String... more) {
    Path results = folder.resolve("results");
    List<String> words = new ArrayList<>(List.of("run", "--staging", file.toString()));
    words.addAll(List.of("--out", results.toString()));
    words.addAll(Arrays.asList(more));
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    int exitCode = Main.execute(line, words.toArray(String[]::new));
    return new Said(exitCode, out.toString(), err.toString(), results);
  }

  private static boolean leaksLocally(String function, String shape) throws IOException {
    String row =
        Files.readAllLines(Path.of("..", "docs", "matrix.md")).stream()
            .filter(line -> line.startsWith("| `" + shape + "` |"))
            .findFirst()
            .orElseThrow();
    return row.split("\\|")[COLUMNS.get(function)].contains("+");
  }

  @Test
  void run_hasTheVerdictsOfALocalRun() throws Exception {
    Said said =
        chaos(
            file(RAILS, CLEAN, LEAKING),
            "--shape=healthy",
            "--shape=connection-refused",
            "--shape=upstream-hangs",
            "--shape=unexpected-end-of-file",
            "--shape=client-times-out",
            "--shape=freeze-half-open");
    assertThat(said.exitCode()).as(said.out() + said.err()).isEqualTo(2);
    JsonObject root = said.json();
    assertThat(root.getAsJsonArray("cells").size()).isEqualTo(10);
    assertVerdictsOfALocalRun(root);
    assertThat(root.get("mode").getAsString()).isEqualTo("staging");
    assertThat(root.getAsJsonObject("controls").get("negative").getAsString()).isEqualTo("not-run");
    assertThat(said.out())
        .contains("controls: none, since the functions are deployed")
        // Two items of the event, two threads, whatever the shapes before have left.
        .contains("LEAK  LeakyPoolFunction under connection-refused: +2.0 threads per invocation")
        .containsPattern("upstream-hangs +clean +LEAK [+](1[.][89]|2[.]0)")
        .containsPattern("unexpected-end-of-file +clean +LEAK [+](1[.][89]|2[.]0)")
        .contains("not run: freeze-half-open on " + CLEAN)
        .contains("again    ./chaos run --staging ");
    assertThat(Files.readString(said.results().resolve("report.html")))
        .contains("no control was judged beside them");
    assertThat(world.toxiproxy().get("/proxies"))
        .contains("\"toxics\":[]")
        .contains("\"enabled\":true")
        .doesNotContain("leakguard-lease");
  }

  private static void assertVerdictsOfALocalRun(JsonObject root) throws IOException {
    for (JsonElement element : root.getAsJsonArray("cells")) {
      JsonObject cell = element.getAsJsonObject();
      String function = cell.get("function").getAsString();
      String shape = cell.get("shape").getAsString();
      assertThat(cell.get("verdict").getAsString())
          .as(function + " under " + shape + ": " + cell.get("reason"))
          .isEqualTo(leaksLocally(function, shape) ? "leak" : "clean");
    }
  }

  @Test
  void leakThatHeals_isFoundOnce_andThenItsEnvironmentIsNoWitness() throws Exception {
    Said first = chaos(file(RAILS, FORGETFUL), "--shape=upstream-hangs");
    assertThat(first.exitCode()).as(first.out() + first.err()).isEqualTo(2);
    assertVerdictsOfALocalRun(first.json());
    assertThat(first.out()).contains("+1.0 threads per invocation");
    Said second = chaos(file(RAILS, FORGETFUL), "--shape=slow-upstream");
    assertThat(second.exitCode()).as(second.out()).isEqualTo(4);
    assertThat(second.out()).contains("its guard tells of more than that only");
  }

  @Test
  void url_isCalledAsAnInvocationIs() throws Exception {
    Path file = file(RAILS, CLEAN);
    String url = world.invocations() + "/2015-03-31/functions/" + CLEAN + "/invocations";
    Files.writeString(
        file, Files.readString(file).replace("invoke: " + CLEAN, "url: \"" + url + "\""));
    Said said = chaos(file, "--shape=connection-refused");
    assertThat(said.exitCode()).as(said.out() + said.err()).isZero();
    assertThat(
            said.json()
                .getAsJsonObject("functions")
                .getAsJsonObject(CLEAN)
                .get("artifact")
                .getAsString())
        .isEqualTo("POST " + url);
  }

  @Test
  void dryRun_printsThePlanAndTouchesNothing() throws Exception {
    // Nothing answers there.
    Path file =
        Files.writeString(
            folder.resolve("dry.yaml"),
            Files.readString(file(RAILS, CLEAN))
                .replaceFirst("control: .*", "control: http://127.0.0.1:1"));
    Said said = chaos(file, "--dry-run");
    assertThat(said.exitCode()).as(said.err()).isZero();
    assertThat(said.out())
        .contains("dry run: nothing is touched")
        .contains("connection-refused")
        .contains("the proxy closes its port and every open connection")
        .contains("not run on OrdersApiFunction, the upstream itself would have to do it")
        .contains("connections are closed (FIN) after 0 bytes of answers")
        .containsPattern("invocations \\d+ of at most 1000, at most 50 a second")
        .contains("no stop alarm");
    assertThat(said.results()).doesNotExist();
  }

  @Test
  void account_thatIsNotAllowed_isRefusedAndNothingIsTouched() throws Exception {
    String before = world.toxiproxy().get("/proxies");
    Said said =
        chaos(
            file(RAILS.replace(MotoServer.ACCOUNT, "999999999999"), CLEAN),
            "--shape=connection-refused");
    assertThat(said.exitCode()).isEqualTo(4);
    assertThat(said.err())
        .contains(
            "chaos: account must be one of guardRails.accounts [999999999999], is 123456789012");
    assertThat(world.toxiproxy().get("/proxies")).isEqualTo(before);
  }

  @Test
  void stage_thatIsNotAllowed_isRefused() throws Exception {
    Path file = file(RAILS, CLEAN);
    Files.writeString(file, Files.readString(file).replace("stage: staging", "stage: production"));
    Said said = chaos(file, "--shape=healthy");
    assertThat(said.exitCode()).isEqualTo(4);
    assertThat(said.err())
        .contains("stage must be one of guardRails.stages [staging], was 'production'");
  }

  @Test
  void plan_withTooManyInvocations_isRefused() throws Exception {
    Said said =
        chaos(
            file(RAILS.replace("maximumInvocations: 1000", "maximumInvocations: 20"), CLEAN),
            "--shape=healthy");
    assertThat(said.exitCode()).isEqualTo(4);
    assertThat(said.err())
        .contains("the plan has 32 invocations, guardRails.maximumInvocations is 20");
  }

  @Test
  void maximumDuration_stopsHealsAndReportsWhatIsKnown() throws Exception {
    Said said =
        chaos(
            file(RAILS.replace("maximumDuration: 5m", "maximumDuration: 4s"), SLOW),
            "--shape=slow-upstream",
            "--shape=upstream-hangs");
    assertThat(said.exitCode()).as(said.out()).isEqualTo(4);
    assertThat(said.err()).contains("guardRails.maximumDuration is over: 4 s");
    assertThat(said.json().getAsJsonArray("shapesNotRun")).isNotEmpty();
    assertThat(world.toxiproxy().get("/proxies"))
        .contains("\"toxics\":[]")
        .doesNotContain("leakguard-");
  }

  @Test
  void termination_healsAndReportsWhatIsKnown() throws Exception {
    Path results = folder.resolve("terminated");
    List<String> words =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
    world.properties().forEach((name, value) -> words.add("-D" + name + "=" + value));
    words.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    words.addAll(List.of("run", "--staging", file(RAILS, SLOW).toString()));
    words.addAll(List.of("--shape", "upstream-hangs", "--out", results.toString()));
    Process run =
        new ProcessBuilder(words)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> world.toxiproxy().get("/proxies").contains("leakguard-hang"));
    // As Ctrl-C does.
    run.destroy();
    assertThat(run.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(world.toxiproxy().get("/proxies"))
        .contains("\"toxics\":[]")
        .doesNotContain("leakguard-");
    assertThat(Files.readString(results.resolve("results.json")))
        .contains("the run was interrupted");
  }

  @Test
  void stopAlarm_thatIsOn_letsNothingBegin() throws Exception {
    world.alarms().set("orders-errors", "ALARM");
    Said said = chaos(file(RAILS + "stopAlarms: [orders-errors]\n", CLEAN), "--shape=healthy");
    world.alarms().clear();
    assertThat(said.exitCode()).isEqualTo(4);
    assertThat(said.err()).contains("stop alarm 'orders-errors' is on: a test: nothing was begun");
  }

  @Test
  void stopAlarm_thatIsNotThere_isRefused() throws Exception {
    Said said = chaos(file(RAILS + "stopAlarms: [nobody]\n", CLEAN), "--shape=healthy");
    assertThat(said.exitCode()).isEqualTo(4);
    assertThat(said.err()).contains("there is no alarm 'nobody' (guardRails.stopAlarms)");
  }

  @Test
  void logGroup_thatIsNotThere_isOneLine() throws Exception {
    Path file = file(RAILS, CLEAN);
    Files.writeString(file, Files.readString(file).replace("/aws/lambda/", "/none/"));
    Said said = chaos(file, "--shape=healthy");
    assertThat(said.exitCode()).isEqualTo(4);
    assertThat(said.err()).contains("AWS could not read log group /none/" + CLEAN);
    assertThat(said.err().lines().count()).isLessThan(5);
  }

  @Test
  void function_thatGoesNotThroughTheProxy_isNotRun() throws Exception {
    Path file = file(RAILS, CLEAN);
    String other = "other: {listen: \"127.0.0.1:0\", upstream: \"127.0.0.1:1\"}\n    inventory:";
    Files.writeString(
        file,
        Files.readString(file)
            .replace("upstreams: [inventory]", "upstreams: [other]")
            .replace("inventory:", other));
    Said said = chaos(file, "--shape=connection-refused");
    assertThat(said.exitCode()).as(said.out() + said.err()).isEqualTo(4);
    assertThat(said.out()).contains("no byte of it went through other");
  }

  @Test
  void options_ofLocalRuns_areRefused() throws Exception {
    Said said = chaos(file(RAILS, CLEAN), "--minimize", "--no-guard");
    assertThat(said.exitCode()).isEqualTo(4);
    assertThat(said.err()).startsWith("chaos: not for --staging: --minimize, --no-guard");
  }
}
