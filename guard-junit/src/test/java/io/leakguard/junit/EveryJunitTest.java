package io.leakguard.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Annotated tests and whole runs under the oldest and the newest JUnit, in JVMs of their own. */
class EveryJunitTest {
  private static final Path NEWEST = Path.of("target", "junit-newest");

  @TempDir private Path directory;

  enum Junit {
    OLDEST("1.14."),
    NEWEST("6.");

    final String version;

    Junit(String version) {
      this.version = version;
    }

    String classPath() {
      String all = System.getProperty("java.class.path");
      if (this == OLDEST) {
        return all;
      }
      List<String> parts = new ArrayList<>();
      for (String part : all.split(File.pathSeparator)) {
        String file = Path.of(part).getFileName().toString();
        if (!file.startsWith("junit-jupiter") && !file.startsWith("junit-platform")) {
          parts.add(part);
        }
      }
      try (Stream<Path> jars = Files.list(EveryJunitTest.NEWEST)) {
        jars.forEach(jar -> parts.add(jar.toString()));
      } catch (IOException e) {
        throw new AssertionError(e);
      }
      return String.join(File.pathSeparator, parts);
    }
  }

  private static String run(Junit junit, Class<?> sample, String... options)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", junit.classPath()));
    command.addAll(List.of(options));
    command.addAll(List.of(RunInAJvm.class.getName(), sample.getName()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      String output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
              .replace(System.lineSeparator(), "\n");
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(output).isTrue();
      assertThat(output).startsWith("junit " + junit.version);
      return output;
    } finally {
      process.destroyForcibly();
    }
  }

  @ParameterizedTest
  @EnumSource
  void annotated_theTestFailsAndTheSessionDoesNot(Junit junit) throws Exception {
    assertThat(run(junit, Samples.OneOfThreeLeaks.class))
        .contains("first() SUCCESSFUL")
        .contains("leaks() FAILED 1 thread outlived io.leakguard.junit.Samples$OneOfThreeLeaks")
        .contains("next() SUCCESSFUL")
        .contains("session: good");
  }

  @ParameterizedTest
  @EnumSource
  void annotated_everythingIsClosed_passes(Junit junit) throws Exception {
    assertThat(run(junit, Samples.EverythingIsClosed.class))
        .contains("nothing() SUCCESSFUL")
        .doesNotContain("FAILED");
  }

  @ParameterizedTest
  @EnumSource
  void run_leakOfATestThatIsNotAnnotated_failsTheSessionAndNamesTheTest(Junit junit)
      throws Exception {
    assertThat(
            run(
                junit,
                Samples.NotAnnotated.class,
                "-Dleakguard.junit.run=true",
                "-Dleakguard.junit.grace=10ms"))
        .contains("leaks() SUCCESSFUL")
        .contains("session: 1 thread outlived the test run\n  order-writer x1")
        .contains(" in io.leakguard.junit.Samples$NotAnnotated.leaks()");
  }

  @ParameterizedTest
  @EnumSource
  void run_withAutomaticExtensions_failsTheTestItself(Junit junit) throws Exception {
    assertThat(
            run(
                junit,
                Samples.NotAnnotated.class,
                "-Dleakguard.junit.run=true",
                "-Dleakguard.junit.grace=10ms",
                "-Djunit.jupiter.extensions.autodetection.enabled=true"))
        .contains("leaks() FAILED 1 thread outlived io.leakguard.junit.Samples$NotAnnotated")
        .contains("session: good");
  }

  @ParameterizedTest
  @EnumSource
  void run_clean_passes(Junit junit) throws Exception {
    assertThat(run(junit, Samples.NotAnnotatedAndClean.class, "-Dleakguard.junit.run=true"))
        .contains("session: good");
  }

  @ParameterizedTest
  @EnumSource
  void run_detectorThatCannotFire_failsTheSession(Junit junit) throws Exception {
    assertThat(
            run(
                junit,
                Samples.NotAnnotatedAndClean.class,
                "-Dleakguard.junit.run=true",
                "-Dleakguard.junit.ignore=name *"))
        .contains("session: the leak check's self-test failed: a thread that leaks on purpose");
  }

  @ParameterizedTest
  @EnumSource
  void baseline_isWrittenThenAcceptedUntilItExpires(Junit junit) throws Exception {
    Path file = directory.resolve("baseline.txt");
    String option = "-Dleakguard.junit.baseline=" + file;
    assertThat(
            run(
                junit,
                Samples.OneOfThreeLeaks.class,
                option,
                "-Dleakguard.junit.baseline.write=true"))
        .doesNotContain("FAILED");
    assertThat(Files.readAllLines(file)).hasSize(1);
    assertThat(run(junit, Samples.OneOfThreeLeaks.class, option)).doesNotContain("FAILED");

    String expired = Files.readString(file).replaceFirst("expires=\\S+", "expires=2020-02-29");
    Files.writeString(file, expired);

    assertThat(run(junit, Samples.OneOfThreeLeaks.class, option))
        .contains("leaks() FAILED 1 thread outlived")
        .contains(file + ":1: " + expired.substring(0, 12) + " expired on 2020-02-29");
  }

  @ParameterizedTest
  @EnumSource
  void notSwitchedOn_aRunIsNotChecked(Junit junit) throws Exception {
    assertThat(run(junit, Samples.NotAnnotated.class)).contains("session: good");
  }
}
