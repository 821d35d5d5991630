package io.leakguard.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.leakguard.chaos.fleet.AwsProperties;
import io.leakguard.chaos.fleet.AwsStub;
import io.leakguard.chaos.fleet.RealGuard;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The whole command: the SDK, a stub of AWS on loopback, and lines that the real guard wrote. */
class FleetCommandTest {
  private final Instant now = Instant.now();

  private static List<String> clean;
  private static List<String> leaking;

  @TempDir Path folder;
  private AwsStub stub;
  private AwsProperties properties;

  private record Said(int exitCode, String out, String err) {}

  private static Said chaos(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    int exitCode = Main.execute(line, arguments);
    return new Said(exitCode, out.toString(), err.toString());
  }

  @BeforeAll
  static void runTheGuard(@TempDir Path folder) throws Exception {
    if (!RealGuard.isBuilt()) {
      return;
    }
    RealGuard guard = new RealGuard(folder);
    clean = guard.lines(version("11", "9f31c20"), "fine");
    leaking = guard.lines(version("12", "5e2f0ab"), "leak", "leak", "leak", "leak");
  }

  private static Map<String, String> version(String version, String commit) {
    return Map.of(
        "AWS_LAMBDA_FUNCTION_NAME",
        "orders",
        "AWS_LAMBDA_FUNCTION_VERSION",
        version,
        "LEAKGUARD_COMMIT",
        commit,
        "LEAKGUARD_CREATION",
        "always");
  }

  @BeforeEach
  void start() throws Exception {
    assumeTrue(RealGuard.isBuilt(), RealGuard.MISSING);
    stub =
        new AwsStub()
            .function("orders", "java21", "team-shop")
            .function("billing", "java17", "team-billing")
            .function("archive", "java17", "")
            .function("thumbnails", "python3.12", "")
            .lines("orders", ago(30), clean)
            .lines("billing", ago(2), List.of("START RequestId: 1", "{\"message\":\"billed\"}"));
    properties = AwsProperties.of(folder, stub.address());
  }

  private Instant ago(long hours) {
    return now.minus(Duration.ofHours(hours));
  }

  @AfterEach
  void stop() {
    if (stub != null) {
      properties.close();
      stub.close();
    }
  }

  @Test
  void fleet_newLeak_isTold_andExits2() {
    stub.lines("orders", ago(3), leaking);
    Said said = chaos("fleet");

    assertThat(said.err()).isEmpty();
    assertThat(said.exitCode()).isEqualTo(2);
    assertThat(said.out())
        .contains("LeakGuard fleet: /aws/lambda/ in eu-central-1")
        .containsPattern("(?m)^new +[0-9]+ +0 +[0-9a-f]{12} .* orders 12 +team-shop$")
        .contains("what     thread order-writer-N, up to ")
        .contains("deploy   orders 12 (5e2f0ab), after 11 (9f31c20)")
        .contains("started  Orders.process(Orders.java:")
        .contains("1 leak: 1 new, 0 more than doubled, 0 as before; 0 of the window before gone")
        .contains("a guard was heard in 1 of 3 functions; 1 wrote nothing in both windows; 1 of")
        .contains("billing (java17), last line")
        .contains(", owner team-billing")
        .containsPattern(
            "cost: 2 queries, [0-9]+ lines and 0\\.000 GB scanned, about 0\\.0000 USD");
  }

  @Test
  void fleet_knownLeak_exits0_andAnyExits2() {
    stub.lines("orders", ago(27), leaking).lines("orders", ago(3), leaking);

    assertThat(chaos("fleet").exitCode()).isZero();
    assertThat(chaos("fleet").out()).containsPattern("(?m)^x 1\\.0 ").contains("12 (5e2f0ab)");
    assertThat(chaos("fleet", "--fail-on", "any").exitCode()).isEqualTo(2);
  }

  @Test
  void fleet_moreThanDoubled_exits2_unlessOnlyNewFails() {
    stub.lines("orders", ago(27), leaking);
    for (int i = 1; i <= 3; i++) {
      stub.lines("orders", ago(i), leaking);
    }

    assertThat(chaos("fleet").exitCode()).isEqualTo(2);
    assertThat(chaos("fleet").out()).contains("x 3.0 ");
    assertThat(chaos("fleet", "--fail-on", "new").exitCode()).isZero();
  }

  @Test
  void fleet_windowsOfDifferentLength_areComparedByTheHour() {
    stub.lines("orders", ago(27), leaking).lines("orders", ago(3), leaking);

    assertThat(chaos("fleet", "--since", "24h", "--compare", "6h").out()).contains("x 0.3 ");
  }

  @Test
  void fleet_nothing_exits0() {
    Said said = chaos("fleet");

    assertThat(said.exitCode()).isZero();
    assertThat(said.out()).contains("0 leaks: 0 new").doesNotContain("fingerprint");
    assertThat(chaos("fleet", "--fail-on-silent").exitCode()).isEqualTo(2);
  }

  @Test
  void fleet_sourceRefused_namesTheLogGroups() {
    stub.lines("orders", ago(3), leaking).refuse("StartQuery", "MalformedQueryException", 2);

    assertThat(chaos("fleet").exitCode()).isEqualTo(2);
    assertThat(Collections.frequency(stub.asked(), "StartQuery")).isEqualTo(4);
    assertThat(chaos("fleet", "--batches").out()).contains("orders 12");
  }

  @Test
  void fleet_functionsForbidden_eachLogGroupCounts() {
    stub.refuse("ListFunctions", "AccessDeniedException", 1);
    Said said = chaos("fleet");

    assertThat(said.out())
        .contains("a guard was heard in 1 of 4 functions")
        .contains("Lambda may not be asked")
        .contains("billing (unknown), last line");
  }

  @Test
  void fleet_files_areWritten() throws Exception {
    stub.lines("orders", ago(3), leaking);
    Path json = folder.resolve("fleet.json");
    Path markdown = folder.resolve("fleet.md");
    chaos("fleet", "--json", json.toString(), "--markdown", markdown.toString());

    JsonObject root = JsonParser.parseString(Files.readString(json)).getAsJsonObject();
    assertThat(root.get("schemaVersion").getAsInt()).isEqualTo(1);
    assertThat(root.getAsJsonArray("leaks")).hasSize(1);
    assertThat(Files.readString(markdown))
        .contains("### LeakGuard fleet", "| **new** |", "billing");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--log-group-prefix /aws/lambda/none- | chaos: no log group begins with /aws/lambda/none-"
            + " in eu-central-1",
        "--log-group-prefix it's | chaos: --log-group-prefix must be 1 to 512 of",
        "--since 1y | chaos: --since must be from 5m to 90d, such as 90m, 24h or 7d: 1y",
        "--compare 0h | chaos: --compare must be from 5m to 90d",
        "--top 0 | chaos: --top must be from 1 to 1000: 0",
        "--price -1 | chaos: --price must be from 0 to 1000 USD per GB: -1.0",
        "--profile nobody | chaos: no access to AWS: Profile file contained no credentials",
      })
  void fleet_badInput_isOneClearMessage(String arguments, String message) {
    Said said = chaos(("fleet " + arguments).split(" "));

    assertThat(said.exitCode()).isEqualTo(4);
    assertThat(said.err()).startsWith(message).doesNotContain("\tat ");
    assertThat(said.err().lines().count()).isBetween(1L, 3L);
  }

  @Test
  void fleet_refused_saysWhatAndWhy() {
    stub.refuse("StartQuery", "AccessDeniedException", 2);
    Said said = chaos("fleet");

    assertThat(said.exitCode()).isEqualTo(4);
    assertThat(said.err())
        .isEqualToIgnoringNewLines(
            "chaos: AWS refused: refused by the stub (AccessDeniedException)");
  }

  @Test
  void fleet_noRegionOrNoCredentials_saysWhatToSet() throws Exception {
    properties.close();
    try (AwsProperties none = AwsProperties.none(folder)) {
      assumeTrue(
          System.getenv("AWS_REGION") == null && System.getenv("AWS_ACCESS_KEY_ID") == null,
          "this machine has AWS settings in its environment");
      assertThat(chaos("fleet").err())
          .isEqualToIgnoringNewLines(
              "chaos: no AWS region is known       give --region, or set AWS_REGION");
      none.set("aws.region", "eu-central-1").set("aws.endpointUrl", stub.address());
      Said said = chaos("fleet");
      assertThat(said.exitCode()).isEqualTo(4);
      assertThat(said.err()).startsWith("chaos: no AWS credentials were found\n       set AWS_");
    }
  }
}
