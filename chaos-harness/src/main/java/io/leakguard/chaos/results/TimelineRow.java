package io.leakguard.chaos.results;

import java.util.Map;

/**
 * What was counted after one invocation. Numbers are null where they are unknown.
 *
 * @param phase the phase's name
 * @param environment number of the execution environment
 * @param threads threads of the operating system, without the JVM's own
 * @param established sockets to upstreams in state ESTABLISHED
 * @param closeWait sockets to upstreams in state CLOSE_WAIT
 * @param n index of the invocation in its cell
 * @param at seconds since the cell began
 * @param requestId the invocation, or empty
 * @param durationMs how long it took
 * @param outcome {@code SUCCEEDED}, {@code FAILED}, {@code TIMED_OUT} or {@code CRASHED}, or empty
 * @param descriptors open descriptors of the process
 * @param rssMb resident memory
 * @param heapMb heap after a collection; only where one was forced
 * @param backlog tasks that wait in queues of executors
 * @param families threads by family
 */
public record TimelineRow(
    String phase,
    Integer environment,
    Integer threads,
    Integer established,
    Integer closeWait,
    Integer n,
    Double at,
    String requestId,
    Double durationMs,
    String outcome,
    Integer descriptors,
    Double rssMb,
    Double heapMb,
    Integer backlog,
    Map<String, Integer> families) {
  public TimelineRow {
    phase = Absent.text(phase);
    requestId = Absent.text(requestId);
    outcome = Absent.text(outcome);
    families = Absent.map(families);
  }

  /** Whether the invocation is known not to have succeeded. */
  public boolean isError() {
    return !outcome.isEmpty() && !outcome.equals("SUCCEEDED");
  }
}
