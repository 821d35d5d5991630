package io.leakguard.chaos;

import io.leakguard.chaos.sam.FunctionDefinition;
import io.leakguard.chaos.sam.Template;
import java.util.List;

/**
 * The functions that a user asked for.
 *
 * @param template their template
 * @param functions at least one, in its order
 * @param attachesGuard whether functions without a guard get one
 */
record Project(Template template, List<FunctionDefinition> functions, boolean attachesGuard) {}
