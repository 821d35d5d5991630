package io.leakguard.chaos.lambda;

/**
 * A running execution environment.
 *
 * @param id its name
 * @param pid the process id of its JVM, also the id of its process group
 * @param runtimeApiPort the loopback port of its Runtime API; its sockets to this port are the
 *     harness's doing and not the function's
 */
public record EnvironmentInfo(EnvironmentId id, long pid, int runtimeApiPort) {}
