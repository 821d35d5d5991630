package io.leakguard.load;

import io.gatling.app.Gatling$;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;

/**
 * One run of Gatling in this JVM after the other. Not thread-safe: settings are system properties.
 */
final class GatlingRun {
  private static final Map<String, String> QUIET =
      Map.of(
          "logback.configurationFile", "io/leakguard/load/logback.xml",
          "java.util.prefs.PreferencesFactory", OfflinePreferencesFactory.class.getName(),
          "gatling.data.enableAnalytics", "false",
          // The console writer is the default's first and would also print from a timer.
          "gatling.data.writers.0", "file",
          "gatling.netty.useNativeTransport", "false",
          "gatling.ssl.useOpenSsl", "false");

  private final Path folder;

  GatlingRun(Path folder) {
    this.folder = folder;
  }

  /**
   * Switches off what Gatling calls, prints and loads on its own. To be called before the first
   * run.
   */
  static void configure() {
    QUIET.forEach(System::setProperty);
  }

  /**
   * Runs one simulation to its end.
   *
   * @return 0, or 2 if an assertion failed
   * @throws IOException if the folder cannot be written
   * @throws RuntimeException whatever ended the run; a bad setting among others
   */
  int run(Command command) throws IOException {
    apply(command.settings());
    Path results = Files.createTempDirectory(Files.createDirectories(folder), "gatling-");
    try {
      String[] args = {"-s", command.simulation(), "-rf", results.toString(), "-nr"};
      return Gatling$.MODULE$.fromArgs(args);
    } finally {
      delete(results);
    }
  }

  private static void apply(Map<String, String> settings) {
    LoadSettings.PROPERTIES.forEach(System::clearProperty);
    settings.forEach(System::setProperty);
  }

  private static void delete(Path tree) throws IOException {
    Files.walkFileTree(
        tree,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path dir, IOException failure)
              throws IOException {
            Files.delete(dir);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
