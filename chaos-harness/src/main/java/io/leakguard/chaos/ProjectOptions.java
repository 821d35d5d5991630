package io.leakguard.chaos;

import io.leakguard.chaos.sam.FunctionDefinition;
import io.leakguard.chaos.sam.SkippedFunction;
import io.leakguard.chaos.sam.Template;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** Options that say which functions of which project are run. */
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

  /**
   * Reads the template and picks from it.
   *
   * @throws UserError when a function is not known, or none can be run
   */
  Project read() {
    Template template = Template.read(file, Map.of());
    return new Project(template, functions(template, names), !withoutGuard);
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
    if (chosen.isEmpty()) {
      throw new UserError(
          template.file()
              + ": none of its functions can be run\n"
              + String.join(
                  "\n", template.skipped().stream().map(SkippedFunction::reason).toList()));
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
