package io.leakguard.chaos;

import io.leakguard.chaos.sam.FunctionDefinition;
import io.leakguard.chaos.sam.Overrides;
import io.leakguard.chaos.sam.SamConfig;
import io.leakguard.chaos.sam.SkippedFunction;
import io.leakguard.chaos.sam.Template;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options that say which functions of which project are run, and how they differ from it. */
final class ProjectOptions {
  /** The template of the current folder. */
  static final String TEMPLATE = "template.yaml";

  @Option(
      names = "--template",
      paramLabel = "FILE",
      defaultValue = TEMPLATE,
      description = "The SAM template; default ${DEFAULT-VALUE} of this folder.")
  private Path file;

  @Option(
      names = "--function",
      paramLabel = "NAME",
      description = "Only this function; may be repeated.")
  private List<String> names = new ArrayList<>();

  @Option(
      names = "--no-guard",
      description = "Attach no guard to functions that have none: they are judged from outside.")
  private boolean withoutGuard;

  @Option(
      names = "--cpu-share",
      description =
          "Give each invocation the part of a processor that the function's memory pays for: slower"
              + " by as much.")
  private boolean cpuShare;

  @Option(
      names = "--parameter",
      paramLabel = "NAME=VALUE",
      description = "Value of a template parameter; may be repeated.")
  private List<String> parameters = new ArrayList<>();

  @Option(
      names = "--config-env",
      paramLabel = "NAME",
      defaultValue = SamConfig.DEFAULT_ENVIRONMENT,
      description =
          "The environment of the samconfig file whose parameters are taken; default"
              + " ${DEFAULT-VALUE}.")
  private String configEnvironment;

  @Option(
      names = "--env",
      paramLabel = "[FUNCTION.]KEY=VALUE",
      description = "Value of an environment variable; may be repeated.")
  private List<String> environment = new ArrayList<>();

  @Option(
      names = "--event",
      paramLabel = "FILE",
      description =
          "Event as JSON, a .jsonl file with one on each line, or a folder of them. Default: what"
              + " the function's event source sends.")
  private Path event;

  @Mixin private JdkOptions jdk;
  @Mixin private UpstreamOptions upstreams;

  /**
   * Reads the template, picks from it, and finds what the functions are run with.
   *
   * @throws UserError when a function is not known, or none can be run
   */
  Project read() {
    Template template = Template.read(file, overrides());
    List<FunctionDefinition> chosen = functions(template, names);
    Optional<LongFunction<String>> events = Optional.ofNullable(event).map(EventFiles::read);
    Preparations preparations =
        new Preparations(template, jdk.installations(System.getenv()), events);
    if (cpuShare) {
      preparations.imposeCpuShare();
    }
    chosen.forEach(preparations::prepare);
    if (names.isEmpty()) {
      template.skipped().forEach(s -> preparations.skip(s.logicalId(), s.reason()));
    } else {
      preparations.requireAll();
    }
    return preparations.project(!withoutGuard, upstreams.backends(), words());
  }

  /** The functions that are named; all when empty. */
  List<String> names() {
    return List.copyOf(names);
  }

  /** What makes the functions differ from their template, as the user would type it again. */
  private List<String> words() {
    List<String> words = new ArrayList<>();
    parameters.forEach(one -> words.addAll(List.of("--parameter", one)));
    if (!configEnvironment.equals(SamConfig.DEFAULT_ENVIRONMENT)) {
      words.addAll(List.of("--config-env", configEnvironment));
    }
    environment.forEach(one -> words.addAll(List.of("--env", one)));
    if (event != null) {
      words.addAll(List.of("--event", event.toString()));
    }
    words.addAll(jdk.words());
    words.addAll(upstreams.words());
    if (withoutGuard) {
      words.add("--no-guard");
    }
    if (cpuShare) {
      words.add("--cpu-share");
    }
    return words;
  }

  private Overrides overrides() {
    return new Overrides(
        KeyValue.parse("--parameter", parameters),
        SamConfig.parameterOverrides(file, configEnvironment),
        KeyValue.parse("--env", environment));
  }

  /** Functions of the template that the user asked for, all when none is named. */
  private static List<FunctionDefinition> functions(Template template, List<String> names) {
    List<FunctionDefinition> chosen = new ArrayList<>();
    for (FunctionDefinition function : template.functions()) {
      if (names.isEmpty() || isNamed(function, names)) {
        chosen.add(function);
      }
    }
    for (String name : names) {
      if (chosen.stream().noneMatch(function -> isNamed(function, List.of(name)))) {
        throw new UserError(missing(template, name));
      }
    }
    return List.copyOf(chosen);
  }

  private static boolean isNamed(FunctionDefinition function, List<String> names) {
    return names.contains(function.logicalId()) || names.contains(function.functionName());
  }

  private static String missing(Template template, String name) {
    for (SkippedFunction skipped : template.skipped()) {
      if (skipped.logicalId().equals(name)) {
        return "function '" + name + "' cannot be run\n" + skipped.reason();
      }
    }
    return template.file()
        + ": no function '"
        + name
        + "' (--function)\nit has: "
        + String.join(
            ", ", template.functions().stream().map(FunctionDefinition::logicalId).toList());
  }
}
