package io.leakguard.chaos.fault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

  private static final String ADVICE =
      """

      install one of: the toxiproxy-server program on the PATH; Go 1.23 or newer;
      or start a server and name it: --toxiproxy http://127.0.0.1:8474;
      or use the proxy of this program: --toxiproxy embedded\
      """;

  /**
   * Finds or gets the program.
   *
   * @param cache the folder in which it is kept
   * @param notice told in one line when something takes long
   * @throws FaultException when none can be had: the reasons in its first line, then what to do
   */
  public static ToxiproxyBinary acquire(Path cache, Consumer<String> notice) {
    Path cached = cache.resolve("toxiproxy-server-" + VERSION);
    Optional<Path> onPath = onPath("toxiproxy-server");
    if (onPath.isPresent()) {
      return new ToxiproxyBinary(onPath.get(), "on the PATH");
    }
    if (Files.isExecutable(cached)) {
      return new ToxiproxyBinary(cached, "cached");
    }
    List<String> reasons = new ArrayList<>(List.of("none on the PATH", "none at " + cached));
    return attempt("go install", () -> build(cached, notice), reasons)
        .or(() -> attempt("download", () -> ToxiproxyRelease.download(cached), reasons))
        .orElseThrow(
            () ->
                new FaultException("no Toxiproxy server: " + String.join("; ", reasons) + ADVICE));
  }

  private static ToxiproxyBinary build(Path target, Consumer<String> notice)
      throws IOException, InterruptedException {
    Path go = onPath("go").orElseThrow(() -> new IOException("no go on the PATH"));
    return GoInstall.install(go, target, notice);
  }

  private interface Way {
    ToxiproxyBinary take() throws IOException, InterruptedException;
  }

  private static Optional<ToxiproxyBinary> attempt(String name, Way way, List<String> reasons) {
    try {
      return Optional.of(way.take());
    } catch (IOException e) {
      reasons.add(name + ": " + e.getMessage());
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FaultException("interrupted while a Toxiproxy server was looked for", e);
    }
  }

  private static Optional<Path> onPath(String program) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
