package io.leakguard.chaos;

import io.leakguard.chaos.lambda.FunctionConfig;
import io.leakguard.chaos.sam.Artifact;
import io.leakguard.chaos.sam.FunctionDefinition;
import io.leakguard.chaos.sam.Template;
import io.leakguard.chaos.sam.UpstreamVariable;
import io.leakguard.chaos.sam.Upstreams;
import io.leakguard.chaos.scenario.Target;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Lays functions out as the managed runtime has them. Functions that share an artifact share one
 * folder. Not thread-safe.
 */
final class Targets {
  private final Path folder;
  private final Map<Path, Path> staged = new HashMap<>();

  /** Stages below a folder. */
  Targets(Path folder) {
    this.folder = folder;
  }

  /** A function of the template. */
  Target of(Template template, FunctionDefinition function) {
    FunctionConfig config =
        FunctionConfig.builder(function.logicalId(), function.handler(), stage(template, function))
            .aliases(List.of(function.functionName()))
            .runtime(function.runtime())
            .timeout(function.timeout())
            .memoryMegabytes(function.memoryMegabytes())
            .environment(function.environment())
            .build();
    Map<String, Function<InetSocketAddress, String>> upstreams = new LinkedHashMap<>();
    for (UpstreamVariable variable : Upstreams.of(function)) {
      upstreams.put(
          variable.name(),
          address -> variable.pointedAt(address.getAddress().getHostAddress(), address.getPort()));
    }
    return new Target(config, upstreams, function::sampleEvent);
  }

  private Path stage(Template template, FunctionDefinition function) {
    Artifact artifact = Artifact.locate(template, function);
    return staged.computeIfAbsent(
        artifact.location().toAbsolutePath(),
        location -> {
          Path taskRoot = folder.resolve("task-" + staged.size());
          artifact.stage(taskRoot);
          return taskRoot;
        });
  }

  /** One of the harness's own control functions. */
  Target control(Installation installation, String handler) {
    Path taskRoot =
        staged.computeIfAbsent(
            installation.controlClasses(), classes -> stageControls(installation));
    FunctionConfig config =
        FunctionConfig.builder(handler, "io.leakguard.controls." + handler, taskRoot)
            .timeout(Duration.ofSeconds(10))
            .memoryMegabytes(512)
            .build();
    return new Target(
        config,
        Map.of(
            "UPSTREAM_URL",
            address -> "http://" + address.getAddress().getHostAddress() + ":" + address.getPort()),
        n -> "{}");
  }

  private Path stageControls(Installation installation) {
    Path taskRoot = folder.resolve("controls");
    try {
      copy(installation.controlClasses(), taskRoot);
      Files.createDirectories(taskRoot.resolve("lib"));
      for (Path library : installation.controlLibraries()) {
        Files.copy(library, taskRoot.resolve("lib").resolve(library.getFileName()));
      }
      return taskRoot;
    } catch (IOException e) {
      throw new UncheckedIOException("the control functions could not be staged", e);
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
  }
}
