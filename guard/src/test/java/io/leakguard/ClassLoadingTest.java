package io.leakguard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a JVM of its own loads before and after its first leak. */
class ClassLoadingTest {
  private static List<String> output;

  @BeforeAll
  static void run() throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:class+load:stdout",
                "-cp",
                System.getProperty("java.class.path"),
                LeakInAJvmOfItsOwn.class.getName())
            .redirectErrorStream(true);
    builder.environment().put("AWS_LAMBDA_FUNCTION_NAME", "orders");
    Process process = builder.start();
    try {
      output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .toList();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).as(String.join("\n", output)).isZero();
    assertThat(output).contains(LeakInAJvmOfItsOwn.BEFORE, LeakInAJvmOfItsOwn.AFTER);
    assertThat(System.getProperty("java.class.path")).contains(File.pathSeparator);
  }

  private static List<String> before() {
    return output.subList(0, output.indexOf(LeakInAJvmOfItsOwn.BEFORE));
  }

  private static List<String> after() {
    return output.subList(output.indexOf(LeakInAJvmOfItsOwn.BEFORE), output.size());
  }

  @Test
  void beforeTheFirstLeak_noMetricsLibraryIsLoaded() {
    assertThat(before()).anyMatch(line -> line.contains("io.leakguard.LeakMonitor "));
    assertThat(before())
        .noneMatch(line -> line.contains("software.amazon"))
        .noneMatch(line -> line.contains("com.fasterxml"))
        .noneMatch(line -> line.contains("org.slf4j"));
  }

  @Test
  void beforeTheFirstLeak_noManagementOrRecorderIsLoaded() {
    assertThat(before())
        .noneMatch(line -> line.contains("java.lang.management"))
        .noneMatch(line -> line.contains("javax.management"))
        .noneMatch(line -> line.contains("jdk.jfr"));
  }

  @Test
  void beforeTheFirstLeak_noLambdaOfTheGuardIsLinked() {
    assertThat(before())
        .noneMatch(line -> line.contains("io.leakguard") && line.contains("$$Lambda"));
  }

  @Test
  void beforeTheFirstLeak_theSignOfLifeLoadsNoFormatterAndReadsNoArtifact() {
    assertThat(before()).anyMatch(line -> line.startsWith("{\"leakguard\""));
    assertThat(before())
        .noneMatch(line -> line.contains("java.time.format"))
        .noneMatch(line -> line.contains("java.util.regex"))
        .noneMatch(line -> line.contains("io.leakguard.Artifact"));
  }

  @Test
  void afterTheFirstLeak_theMetricsLibraryIsLoaded() {
    assertThat(after()).anyMatch(line -> line.contains("software.amazon.cloudwatchlogs"));
    assertThat(after().stream().filter(line -> line.startsWith("{\"_aws\""))).hasSize(1);
  }

  @Test
  void firstReport_loggingWithoutProvider_printsNothing() {
    assertThat(output).noneMatch(line -> line.startsWith("SLF4J"));
  }

  @Test
  void firstReport_startsNoThread() {
    assertThat(output).contains("threads started by the report: 0");
  }
}
