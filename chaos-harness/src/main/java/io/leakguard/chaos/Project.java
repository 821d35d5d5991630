package io.leakguard.chaos;

import io.leakguard.chaos.sam.FunctionDefinition;
import io.leakguard.chaos.sam.Template;
import java.util.List;

/**
 * The functions that a user asked for.
 *
 * @param template their template
 * @param functions at least one, in its order
 */
record Project(Template template, List<FunctionDefinition> functions) {}
