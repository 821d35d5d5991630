package io.leakguard.chaos.fleet;

import java.util.List;

/**
 * What is known of a fleet.
 *
 * @param leaks the most urgent ones, new and grown ones first
 * @param notes what the reader must know to trust it; a sentence each
 */
public record FleetReport(
    FleetQuestion question,
    String region,
    List<Leak> leaks,
    Counts counts,
    Coverage coverage,
    Cost cost,
    boolean complete,
    List<String> notes) {

  /**
   * All fingerprints, those that are not told of one by one too.
   *
   * @param gone confirmed in the window before, and no more
   * @param suspects seen and not confirmed
   */
  public record Counts(long leaks, long fresh, long grown, long gone, long suspects) {
    static Counts of(List<Leak> all, Leaks source) {
      return new Counts(
          all.size(),
          all.stream().filter(leak -> leak.change() == Change.NEW).count(),
          all.stream().filter(leak -> leak.change() == Change.GROWN).count(),
          source.gone(),
          source.suspects());
    }
  }

  /** What makes the command's exit code 2. */
  public enum Policy {
    /** A leak that was not confirmed in the window before. */
    NEW,
    /** Also one that is reported more than twice as often. */
    GROWN,
    /** Any leak. */
    ANY;

    private boolean fails(Counts counts) {
      return switch (this) {
        case NEW -> counts.fresh() > 0;
        case GROWN -> counts.fresh() + counts.grown() > 0;
        case ANY -> counts.leaks() > 0;
      };
    }
  }

  /**
   * The exit code.
   *
   * @param alsoSilent whether a function without a guard fails too
   * @return 2 when it fails, else 4 when something was cut off, else 0
   */
  public int exitCode(Policy policy, boolean alsoSilent) {
    if (policy.fails(counts) || (alsoSilent && !coverage.silent().isEmpty())) {
      return 2;
    }
    return complete ? 0 : 4;
  }
}
