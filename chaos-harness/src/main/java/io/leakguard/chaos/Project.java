package io.leakguard.chaos;

import io.leakguard.chaos.results.Masking;
import io.leakguard.chaos.sam.FunctionDefinition;
import io.leakguard.chaos.sam.Template;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The functions that a user asked for.
 *
 * @param template their template
 * @param functions at least one, in its order
 * @param preparations what each of them is run with, by logical id
 * @param notRun why others cannot be run, by logical id
 * @param attachesGuard whether functions without a guard get one
 * @param backends what stands behind the proxies
 * @param options what the user said of the functions, word by word, for a command that replays a
 *     part of the run
 */
record Project(
    Template template,
    List<FunctionDefinition> functions,
    Map<String, Preparation> preparations,
    Map<String, String> notRun,
    boolean attachesGuard,
    Backends backends,
    List<String> options) {

  /** What was assumed of the functions, each note once. */
  List<String> notes() {
    Map<String, List<String>> functionsOf = new LinkedHashMap<>();
    preparations.forEach(
        (logicalId, preparation) ->
            preparation
                .notes()
                .forEach(
                    note ->
                        functionsOf.computeIfAbsent(note, n -> new ArrayList<>()).add(logicalId)));
    List<String> notes = new ArrayList<>();
    functionsOf.forEach((note, ids) -> notes.add(String.join(", ", ids) + ": " + note));
    return notes;
  }

  /**
   * Values that must not be shown: of {@code NoEcho} parameters, and of the functions' variables.
   */
  Set<String> secrets() {
    Set<String> secrets = new LinkedHashSet<>(template.secrets());
    for (FunctionDefinition function : template.functions()) {
      function
          .environment()
          .forEach((name, value) -> secrets.addAll(Masking.secretsIn(name, value)));
    }
    return secrets;
  }

  /** A function by its logical id. */
  FunctionDefinition function(String logicalId) {
    return functions.stream()
        .filter(candidate -> candidate.logicalId().equals(logicalId))
        .findFirst()
        .orElseThrow();
  }

  Preparation preparation(FunctionDefinition function) {
    return preparations.get(function.logicalId());
  }
}
