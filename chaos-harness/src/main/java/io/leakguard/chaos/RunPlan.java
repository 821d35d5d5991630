package io.leakguard.chaos;

import io.leakguard.chaos.sam.FunctionDefinition;
import io.leakguard.chaos.sam.SkippedFunction;
import io.leakguard.chaos.sam.Template;
import io.leakguard.chaos.scenario.Catalogue;
import io.leakguard.chaos.scenario.Shape;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a run is asked to do, checked before anything is started.
 *
 * @param template the template
 * @param functions which of its functions to play, in its order
 * @param shapes which shapes to play
 * @param toxiproxy a server that runs already, if the user names one
 * @param seed what events are made from
 * @param maxErrors errors allowed while a fault is in force, in per cent; 100 judges none
 */
record RunPlan(
    Template template,
    List<FunctionDefinition> functions,
    List<Shape> shapes,
    Optional<URI> toxiproxy,
    long seed,
    double maxErrors) {

  /**
   * Reads the template and picks from it.
   *
   * @param names functions by logical id or name; none for all
   * @param shapeNames shapes by name; none for all
   * @throws UserError when a function or shape is not known
   */
  static RunPlan of(
      Path templateFile,
      List<String> names,
      List<String> shapeNames,
      Optional<URI> toxiproxy,
      long seed,
      double maxErrors) {
    Template template = Template.read(templateFile, Map.of());
    return new RunPlan(
        template, functions(template, names), shapes(shapeNames), toxiproxy, seed, maxErrors);
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

  private static List<Shape> shapes(List<String> names) {
    if (names.isEmpty()) {
      return Catalogue.shapes();
    }
    return names.stream()
        .distinct()
        .map(
            name ->
                Catalogue.find(name)
                    .orElseThrow(
                        () ->
                            new UserError(
                                "no shape '"
                                    + name
                                    + "' (--shape)\nthe shapes are listed by: "
                                    + Installation.command()
                                    + " list")))
        .toList();
  }
}
