package io.leakguard.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code report} and {@code compare} from the command line to the files and the exit code. */
class ReportCommandTest {
  private static final String LEAK =
      "{\"function\": \"PoolFunction\", \"shape\": \"slow\", \"verdict\": \"leak\", \"findings\":"
          + " [{\"kind\": \"thread\", \"family\": \"pool-N\", \"fingerprint\": \"7c1f\","
          + " \"perInvocation\": 1.0}]}";
  private static final String CLEAN =
      "{\"function\": \"PoolFunction\", \"shape\": \"slow\", \"verdict\": \"clean\"}";
  private static final String OTHER =
      "{\"function\": \"OtherFunction\", \"shape\": \"slow\", \"verdict\": \"clean\"}";

  @TempDir private Path folder;

  private record Said(int exitCode, String out, String err) {}

  private static Said chaos(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    int exitCode = line.execute(arguments);
    return new Said(exitCode, out.toString(), err.toString());
  }

  private String results(String name, String shard, String... cells) throws IOException {
    String text =
        "{\"schemaVersion\": 1, \"controls\": {\"negative\": \"clean\", \"positive\": \"leak\"},"
            + (shard.isEmpty() ? "" : " \"shard\": \"" + shard + "\",")
            + " \"functions\": {\"PoolFunction\": {\"environment\": {\"API_KEY\": \"s3cr3t-k\"}}},"
            + " \"cells\": ["
            + String.join(",", cells)
            + "]}";
    return Files.writeString(folder.resolve(name), text).toString();
  }

  private String accept(String until) throws IOException {
    return Files.writeString(
            folder.resolve("accept.yaml"),
            "- {fingerprint: 7c1f, reason: ORD-118, until: " + until + "}\n")
        .toString();
  }

  @Test
  void report_shards_areOneReportWithoutSecrets() throws IOException {
    Path out = folder.resolve("whole");
    Said said =
        chaos(
            "report",
            results("A.json", "1/2", LEAK),
            results("B.json", "2/2", OTHER),
            "--out",
            out.toString());
    assertThat(said.exitCode()).isEqualTo(2);
    assertThat(said.out())
        .contains("PoolFunction under slow: LEAK +1.0")
        .contains("1 function leaks (Pool): 1 leak, 1 clean of 2 cells")
        .endsWith("Report: " + out.resolve("report.html") + System.lineSeparator());
    for (String file : new String[] {"results.json", "report.html", "junit.xml", "summary.md"}) {
      assertThat(out.resolve(file)).content().contains("Other").doesNotContain("s3cr3t");
    }
    assertThat(out.toFile().list()).hasSize(4);
  }

  @Test
  void report_missingShard_isNotClean() throws IOException {
    Said said =
        chaos(
            "report", results("A.json", "1/2", OTHER), "--out", folder.resolve("part").toString());
    assertThat(said.exitCode()).isEqualTo(4);
    assertThat(said.out()).contains("missing: shard 2/2");
  }

  @Test
  void report_acceptedLeak_countsUntilItExpires() throws IOException {
    String file = results("A.json", "", LEAK);
    String out = folder.resolve("out").toString();
    Said accepted = chaos("report", file, "--out", out, "--accept", accept("9999-12-31"));
    assertThat(accepted.exitCode()).isZero();
    assertThat(accepted.out()).contains("accepted until 9999-12-31: 7c1f (ORD-118)");
    Said expired = chaos("report", file, "--out", out, "--accept", accept("2020-01-01"));
    assertThat(expired.exitCode()).isEqualTo(2);
    assertThat(expired.out())
        .contains("the acceptance of 7c1f expired on 2020-01-01: it counts again");
  }

  @Test
  void compare_newLeak_failsByDefault() throws IOException {
    String before = results("A.json", "", CLEAN);
    String after = results("B.json", "", LEAK);
    Said said = chaos("compare", before, after);
    assertThat(said.exitCode()).isEqualTo(2);
    assertThat(said.out())
        .isEqualToNormalizingNewlines(
            """
            new        PoolFunction  threads  pool-N, key 7c1f
                       under slow: none → +1.0
            1 new
            """);
    assertThat(chaos("compare", after, before).exitCode()).isZero();
    assertThat(chaos("compare", after, after).exitCode()).isZero();
    assertThat(chaos("compare", after, after, "--fail-on", "any").exitCode()).isEqualTo(2);
    assertThat(chaos("compare", before, after, "--accept", accept("9999-12-31")).exitCode())
        .isZero();
  }

  @Test
  void compare_unknownPolicy_namesThoseThereAre() throws IOException {
    String file = results("A.json", "", CLEAN);
    Said said = chaos("compare", file, file, "--fail-on", "sometimes");
    assertThat(said.exitCode()).isEqualTo(4);
    assertThat(said.err()).contains("'--fail-on'").contains("[NEW, GROWN, ANY]");
  }
}
