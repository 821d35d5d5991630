package io.leakguard.chaos;

import io.leakguard.chaos.lambda.CpuShare;
import io.leakguard.chaos.lambda.JavaInstallation;
import io.leakguard.chaos.sam.Artifact;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;

/**
 * What a function is run with.
 *
 * @param artifact its built code
 * @param java its JDK
 * @param event the event of the n-th invocation
 * @param notes what was assumed of these, a line each
 * @param cpuShare the part of a processor that it gets; empty for all there is
 */
record Preparation(
    Artifact artifact,
    JavaInstallation java,
    LongFunction<String> event,
    List<String> notes,
    Optional<CpuShare> cpuShare) {}
