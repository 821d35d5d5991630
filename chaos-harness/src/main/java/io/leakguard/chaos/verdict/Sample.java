package io.leakguard.chaos.verdict;

/**
 * What was counted in an environment after one invocation, once it was idle again.
 *
 * @param environment which execution environment; numbers are not used again
 * @param threads operating system threads, less those of the JIT compiler and the collector
 * @param established TCP sockets to upstreams in state ESTABLISHED
 * @param closeWait TCP sockets to upstreams in state CLOSE_WAIT
 * @param requestId the invocation
 */
public record Sample(
    int environment, int threads, int established, int closeWait, String requestId) {}
