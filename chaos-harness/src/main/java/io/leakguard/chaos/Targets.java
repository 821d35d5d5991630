package io.leakguard.chaos;

import io.leakguard.chaos.attach.GuardAttachment;
import io.leakguard.chaos.lambda.FunctionConfig;
import io.leakguard.chaos.lambda.JavaInstallation;
import io.leakguard.chaos.sam.Artifact;
import io.leakguard.chaos.sam.FunctionDefinition;
import io.leakguard.chaos.sam.TemplateException;
import io.leakguard.chaos.sam.UpstreamVariable;
import io.leakguard.chaos.sam.Upstreams;
import io.leakguard.chaos.scenario.Target;
import io.leakguard.chaos.scenario.Upstream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Lays functions out as the managed runtime has them. Functions that share an artifact share one
 * folder. Not thread-safe.
 */
final class Targets {
  private final Path folder;
  private final GuardAttachment attachment;
  private final boolean attaching;
  private final Set<String> names = new HashSet<>();
  private final Map<Object, Path> staged = new HashMap<>();
  private final Map<Artifact, Path> layers = new HashMap<>();
  private final Backends backends;
  private final Map<Path, Path> guarded = new HashMap<>();
  private final Map<String, String> guards = new LinkedHashMap<>();

  /** Stages below a folder. */
  Targets(Path folder, Installation installation, Project project) {
    this.folder = folder;
    this.attachment = new GuardAttachment(installation.guard());
    this.attaching = project.attachesGuard();
    this.backends = project.backends();
  }

  /**
   * The functions of a project, but for those that cannot be laid out, which are added to what is
   * not run.
   *
   * @throws TemplateException when none is left
   */
  List<Target> all(Project project, Map<String, String> notRun) {
    List<Target> targets = new ArrayList<>();
    TemplateException last = null;
    project.functions().forEach(function -> names.add(function.logicalId()));
    for (FunctionDefinition function : project.functions()) {
      try {
        targets.add(of(project, function));
      } catch (TemplateException e) {
        notRun.put(function.logicalId(), e.getMessage());
        last = e;
      }
    }
    if (targets.isEmpty() && last != null) {
      throw last;
    }
    return targets;
  }

  /** A name that another function has is not given twice. */
  private List<String> aliases(FunctionDefinition function) {
    return names.add(function.functionName()) ? List.of(function.functionName()) : List.of();
  }

  private Target of(Project project, FunctionDefinition function) {
    Preparation preparation = project.preparation(function);
    Path taskRoot = stage(preparation.artifact());
    FunctionConfig.Builder builder =
        FunctionConfig.builder(function.logicalId(), function.handler(), taskRoot)
            .aliases(aliases(function))
            .runtime(function.runtime())
            .timeout(function.timeout())
            .memoryMegabytes(function.memoryMegabytes())
            .environment(function.environment())
            .snapStart(function.snapStart())
            .java(preparation.java());
    function.maxConcurrency().ifPresent(builder::maxConcurrency);
    preparation.cpuShare().ifPresent(builder::cpuShare);
    ExecWrapper.of(function, preparation.artifact())
        .map(wrapper -> wrapper.staged(taskRoot, stageLayers(preparation.artifact())))
        .ifPresent(builder::execWrapper);
    FunctionConfig config = builder.build();
    config = guarded(config);
    Map<String, Upstream> upstreams = upstreams(function);
    return new Target(config, upstreams, preparation.event());
  }

  private Map<String, Upstream> upstreams(FunctionDefinition function) {
    Map<String, Upstream> upstreams = new LinkedHashMap<>();
    for (UpstreamVariable variable : Upstreams.of(function)) {
      Upstream.Backend backend =
          backends.named().getOrDefault(variable.name(), Upstream.StandIn.DEFAULT);
      upstreams.put(
          variable.name(),
          new Upstream(
              address ->
                  variable.pointedAt(address.getAddress().getHostAddress(), address.getPort()),
              backend));
    }
    // One that the user names is an upstream, whatever the template writes there.
    backends
        .named()
        .forEach(
            (variable, backend) ->
                upstreams.computeIfAbsent(
                    variable, name -> new Upstream(Targets::hostAndPort, backend)));
    backends
        .aws()
        .ifPresent(
            address ->
                upstreams.put(
                    Backends.AWS_ENDPOINT,
                    new Upstream(at -> "http://" + hostAndPort(at), new Upstream.Real(address))));
    return upstreams;
  }

  private static String hostAndPort(InetSocketAddress address) {
    return address.getAddress().getHostAddress() + ":" + address.getPort();
  }

  /**
   * Whose guard each function has, by logical id: "in the function", "in a layer", "attached" or
   * "none".
   */
  Map<String, String> guards() {
    return Map.copyOf(guards);
  }

  private FunctionConfig guarded(FunctionConfig config) {
    try {
      GuardAttachment.Way way =
          attachment.wayOf(config.taskRoot(), config.handler(), config.execWrapper());
      boolean attaches = attaching && config.java().map(Targets::runsGuard).orElse(true);
      String guard = guard(way, attaches);
      guards.put(config.name(), guard);
      if (!guard.equals("attached")) {
        return config;
      }
      Map<String, String> environment = new HashMap<>(config.environment());
      environment.put(GuardAttachment.VARIABLE, config.handler());
      Path taskRoot =
          way == GuardAttachment.Way.ADDED ? withGuard(config.taskRoot()) : config.taskRoot();
      return config.toBuilder()
          .handler(GuardAttachment.HANDLER)
          .taskRoot(taskRoot)
          .environment(environment)
          .build();
    } catch (IOException e) {
      throw new UncheckedIOException("the guard could not be attached to " + config.name(), e);
    }
  }

  private static String guard(GuardAttachment.Way way, boolean attaches) {
    return switch (way) {
      case OWN -> "in the function";
      case LAYER -> "in a layer";
      case OWN_LIBRARY, ADDED -> attaches ? "attached" : "none";
    };
  }

  /** The guard is compiled for Java 17. */
  private static boolean runsGuard(JavaInstallation java) {
    return java.feature() >= 17;
  }

  /** A copy, since another function of the same artifact may have a guard of its own. */
  private Path withGuard(Path taskRoot) throws IOException {
    Path known = guarded.get(taskRoot);
    if (known != null) {
      return known;
    }
    Path copy = folder.resolve(taskRoot.getFileName() + "-guarded");
    copy(taskRoot, copy);
    attachment.addTo(copy);
    guarded.put(taskRoot, copy);
    return copy;
  }

  private Path stage(Artifact artifact) {
    return staged.computeIfAbsent(
        artifact,
        code -> {
          Path taskRoot = folder.resolve("task-" + staged.size());
          artifact.stage(taskRoot);
          return taskRoot;
        });
  }

  private Path stageLayers(Artifact artifact) {
    return layers.computeIfAbsent(
        artifact,
        code -> {
          Path opt = folder.resolve("opt-" + layers.size());
          code.stageLayers(opt);
          return opt;
        });
  }

  /** One of the harness's own control functions. */
  Target control(Installation installation, String handler) {
    Path taskRoot =
        staged.computeIfAbsent(installation.home(), home -> stageControls(installation.controls()));
    FunctionConfig config =
        FunctionConfig.builder(handler, "io.leakguard.controls." + handler, taskRoot)
            .timeout(Duration.ofSeconds(10))
            .memoryMegabytes(512)
            .build();
    return new Target(
        config,
        Map.of(
            "UPSTREAM_URL",
            new Upstream(address -> "http://" + hostAndPort(address), Upstream.StandIn.DEFAULT)),
        n -> "{}");
  }

  private Path stageControls(List<Path> classPath) {
    Path taskRoot = folder.resolve("controls");
    try {
      Files.createDirectories(taskRoot.resolve("lib"));
      for (Path entry : classPath) {
        if (Files.isDirectory(entry)) {
          copy(entry, taskRoot);
        } else {
          Files.copy(entry, taskRoot.resolve("lib").resolve(entry.getFileName()));
        }
      }
      return taskRoot;
    } catch (IOException e) {
      throw new UncheckedIOException("the control functions could not be staged", e);
    }
  }

  private static void link(Path file, Path target) throws IOException {
    try {
      Files.createLink(target, file);
    } catch (IOException | UnsupportedOperationException e) {
      Files.copy(file, target);
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          // A second name costs nothing, and nobody writes to staged code.
          link(file, target);
        }
      }
    }
  }
}
