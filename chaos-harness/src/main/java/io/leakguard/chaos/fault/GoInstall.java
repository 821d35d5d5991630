package io.leakguard.chaos.fault;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Builds the pinned version of the server from its source. */
final class GoInstall {
  private static final String MODULE = "github.com/Shopify/toxiproxy/v2";

  /** Enough where the module can be had at all; a machine without a network must not wait. */
  private static final Duration LOOK_UP = Duration.ofSeconds(5);

  private static final Duration BUILD = Duration.ofMinutes(3);

  private final Path go;
  private final Path folder;
  private final Path log;

  private GoInstall(Path go, Path folder) {
    this.go = go;
    this.folder = folder;
    this.log = folder.resolve("log");
  }

  /**
   * Builds the server.
   *
   * @param notice told before the part that takes long
   * @throws IOException saying why it cannot be built
   */
  static ToxiproxyBinary install(Path go, Path target, Consumer<String> notice)
      throws IOException, InterruptedException {
    Files.createDirectories(target.getParent());
    Path folder = Files.createTempDirectory(target.getParent(), "go-");
    try {
      new GoInstall(go, folder).build(target, notice);
      return new ToxiproxyBinary(target, "built by go install");
    } finally {
      for (String name : List.of("server", "log")) {
        Files.deleteIfExists(folder.resolve(name));
      }
      Files.deleteIfExists(folder);
    }
  }

  private void build(Path target, Consumer<String> notice)
      throws IOException, InterruptedException {
    String version = "@v" + ToxiproxyBinary.VERSION;
    run(LOOK_UP, "list", "-m", MODULE + version);
    notice.accept(
        "building toxiproxy-server "
            + ToxiproxyBinary.VERSION
            + " once with go install (about 30 s)");
    run(
        BUILD,
        "install",
        "-ldflags",
        "-s -w -X " + MODULE + ".Version=" + ToxiproxyBinary.VERSION,
        MODULE + "/cmd/server" + version);
    // Moved into place at once: a second run that starts now sees all of it or nothing.
    Files.move(folder.resolve("server"), target, StandardCopyOption.ATOMIC_MOVE);
  }

  private void run(Duration deadline, String... arguments)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(go.toString());
    builder.command().addAll(List.of(arguments));
    // Outside of any module of the user's.
    builder.directory(folder.toFile());
    builder.environment().put("GOBIN", folder.toString());
    builder.environment().put("CGO_ENABLED", "0");
    builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    Process process = builder.start();
    try {
      if (!process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IOException("no answer within " + deadline.toSeconds() + " s");
      }
      if (process.exitValue() != 0) {
        throw new IOException(lastLine());
      }
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private String lastLine() throws IOException {
    List<String> lines =
        new String(Files.readAllBytes(log), StandardCharsets.UTF_8).strip().lines().toList();
    return lines.isEmpty() ? "no output" : lines.get(lines.size() - 1);
  }
}
