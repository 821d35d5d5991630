package io.leakguard.chaos.fault;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Finds the Toxiproxy server program, or gets it: on the PATH, in the cache, by {@code go install}
 * of the pinned version, or as the pinned release with its checksum verified.
 *
 * @param program the program
 * @param source one or two words for reports: where it came from
 */
public record ToxiproxyBinary(Path program, String source) {
  /** The version whose toxics the shapes were measured with. */
  public static final String VERSION = "2.12.0";

  private static final String MODULE = "github.com/Shopify/toxiproxy/v2";

  /**
   * Finds or gets the program.
   *
   * @param cache the folder in which it is kept
   * @param notice told in one line when something takes long
   * @throws FaultException listing the ways when none can be had
   */
  public static ToxiproxyBinary acquire(Path cache, Consumer<String> notice) {
    Path cached = cache.resolve("toxiproxy-server-" + VERSION);
    Optional<ToxiproxyBinary> known =
        onPath("toxiproxy-server")
            .map(program -> new ToxiproxyBinary(program, "on the PATH"))
            .or(() -> Optional.of(cached).filter(Files::isExecutable).map(p -> cached(p)));
    return known
        .or(() -> goInstall(cached, notice))
        .or(() -> ToxiproxyRelease.download(cached, notice))
        .orElseThrow(() -> new FaultException(advice(cached)));
  }

  private static ToxiproxyBinary cached(Path program) {
    return new ToxiproxyBinary(program, "cached");
  }

  private static String advice(Path cached) {
    return "no Toxiproxy server: none on the PATH, none at "
        + cached
        + ", no Go to build it with, and the release could not be downloaded\n"
        + "install one of: the toxiproxy-server program on the PATH; Go 1.23 or newer;\n"
        + "or start a server and name it: --toxiproxy http://127.0.0.1:8474";
  }

  private static Optional<Path> onPath(String program) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static Optional<ToxiproxyBinary> goInstall(Path target, Consumer<String> notice) {
    Optional<Path> go = onPath("go");
    if (go.isEmpty()) {
      return Optional.empty();
    }
    notice.accept("building toxiproxy-server " + VERSION + " once with go install (about 30 s)");
    try {
      Files.createDirectories(target.getParent());
      Path folder = Files.createTempDirectory(target.getParent(), "go-");
      try {
        return build(go.get(), folder, target, notice);
      } finally {
        Files.deleteIfExists(folder.resolve("server"));
        Files.deleteIfExists(folder);
      }
    } catch (IOException e) {
      notice.accept("go install of toxiproxy failed: " + e.getMessage());
      return Optional.empty();
    }
  }

  private static Optional<ToxiproxyBinary> build(
      Path go, Path folder, Path target, Consumer<String> notice) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of(
                go.toString(),
                "install",
                "-ldflags",
                "-s -w -X " + MODULE + ".Version=" + VERSION,
                MODULE + "/cmd/server@v" + VERSION));
    builder.environment().put("GOBIN", folder.toString());
    builder.environment().put("CGO_ENABLED", "0");
    builder.redirectErrorStream(true);
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    try {
      if (process.waitFor(10, TimeUnit.MINUTES) && process.exitValue() == 0) {
        // Moved into place at once: a second run that starts now sees all of it or nothing.
        Files.move(folder.resolve("server"), target, StandardCopyOption.ATOMIC_MOVE);
        return Optional.of(new ToxiproxyBinary(target, "built by go install"));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      process.destroyForcibly();
    }
    notice.accept("go install of toxiproxy failed: " + lastLine(output));
    return Optional.empty();
  }

  private static String lastLine(String output) {
    List<String> lines = output.strip().lines().toList();
    return lines.isEmpty() ? "no output" : lines.get(lines.size() - 1);
  }
}
