package io.leakguard.chaos.load;

import java.util.List;

/**
 * How a plan's requests ended. Immutable.
 *
 * @param targets the counts, in the order of the plan's targets
 */
public record LoadResult(List<Counts> targets) {
  /** Copies. */
  public LoadResult {
    targets = List.copyOf(targets);
  }

  /**
   * The requests of one target.
   *
   * @param ok answered with a 2xx status and without <code>X-Amz-Function-Error</code>
   * @param failed answered otherwise, or not at all: refused, reset, closed early
   * @param timedOut given up by the client
   */
  public record Counts(long ok, long failed, long timedOut) {
    /** All of them. */
    public long total() {
      return ok + failed + timedOut;
    }
  }
}
