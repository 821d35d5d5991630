package io.leakguard.chaos;

import io.leakguard.chaos.sam.FunctionDefinition;
import io.leakguard.chaos.sam.Template;
import java.util.List;
import java.util.Map;

/**
 * The functions that a user asked for.
 *
 * @param template their template
 * @param functions at least one, in its order
 * @param preparations what each of them is run with, by logical id
 * @param notRun why others cannot be run, by logical id
 * @param attachesGuard whether functions without a guard get one
 */
record Project(
    Template template,
    List<FunctionDefinition> functions,
    Map<String, Preparation> preparations,
    Map<String, String> notRun,
    boolean attachesGuard) {

  Preparation preparation(FunctionDefinition function) {
    return preparations.get(function.logicalId());
  }
}
