package io.leakguard.chaos.scenario;

import io.leakguard.chaos.verdict.Phase;
import io.leakguard.chaos.verdict.Slope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Decides how many invocations a fault phase gets: all of them where they are quick; where they are
 * slow, four when these say it all, and no more than fit into the time of a cell; some more where
 * something rose and all of them do not tell how. A function whose fault phases do not fit with
 * four is given up. Not thread-safe.
 */
final class Pace<F extends Pace.Runner> {
  /** With the level before the phase they are the points that a slope needs. */
  static final int FEWEST = Slope.FEWEST_POINTS - 1;

  /** So many tell one thread in every other invocation from none. */
  private static final int ENOUGH = 12;

  /** Eight of these are over sooner than it is worth to think about it. */
  private static final Duration QUICK = Duration.ofMillis(100);

  private final Duration longest;
  private final LongSupplier nanos;
  private final long start;
  private final Map<F, Map<Phase, Integer>> sent = new HashMap<>();
  private final Map<F, Duration> givenUp = new LinkedHashMap<>();

  /** What is sent invocations. */
  interface Runner {
    /** Its timeout, as its template has it. */
    Duration timeout();

    /** Its longest invocation in a phase so far. */
    Duration slowest(Phase phase);

    /** Whether more invocations of a phase would say nothing new. */
    boolean isClear(Phase phase);

    /** Whether something rose in a phase and its invocations do not tell whether it grows. */
    boolean isUndecided(Phase phase);

    /** Hears after which invocation the phase that it is in may be over. */
    void expect(int invocations);
  }

  /**
   * A pace for one shape, which begins now.
   *
   * @param longest the time of a cell
   * @param nanos a clock
   */
  Pace(Duration longest, LongSupplier nanos) {
    this.longest = longest;
    this.nanos = nanos;
    this.start = nanos.getAsLong();
  }

  /** The time that is left of the cell, at least a second. */
  Duration left() {
    Duration left = longest.minusNanos(nanos.getAsLong() - start);
    return left.compareTo(Duration.ofSeconds(1)) > 0 ? left : Duration.ofSeconds(1);
  }

  /** How many to send next when so many of a phase were sent. */
  int next(Phase phase, int already, int planned) {
    if (!phase.faulty()) {
      return planned - already;
    }
    if (already >= planned) {
      return Math.min(FEWEST, ENOUGH - already);
    }
    // The first alone tells whether four of them would fit.
    int upTo = already == 0 ? 1 : already < FEWEST ? FEWEST : planned;
    return Math.min(upTo, planned) - already;
  }

  /**
   * Says after which invocation the phase may be over: so many where a function is slow, all where
   * it is quick.
   */
  void expect(Phase phase, List<F> functions, int soon, int planned) {
    for (F function : functions) {
      boolean mayEnd = soon >= FEWEST && !isQuick(function.slowest(phase));
      function.expect(mayEnd || soon > planned ? soon : planned);
    }
  }

  private static boolean isQuick(Duration each) {
    return each.compareTo(QUICK) < 0;
  }

  /** Notes what was sent to these functions. */
  void sent(Phase phase, List<F> functions, int count) {
    for (F function : functions) {
      sent.computeIfAbsent(function, key -> new HashMap<>()).merge(phase, count, Integer::sum);
    }
  }

  /** How many invocations of a phase a function was sent. */
  int sent(Phase phase, F function) {
    return sent.getOrDefault(function, Map.of()).getOrDefault(phase, 0);
  }

  /** Those of the functions that are to be sent more in this phase. */
  List<F> goOn(Phase phase, List<F> functions, int planned) {
    List<F> more = new ArrayList<>();
    for (F function : functions) {
      if (wantsMore(phase, function, planned)) {
        more.add(function);
      }
    }
    return more;
  }

  private boolean wantsMore(Phase phase, F function, int planned) {
    int already = sent(phase, function);
    Duration each = function.slowest(phase);
    if (givenUp.containsKey(function)) {
      return false;
    }
    if (already >= planned) {
      return phase.faulty()
          && already < ENOUGH
          && function.isUndecided(phase)
          && fits(phase, each, FEWEST, planned);
    }
    if (!phase.faulty() || isQuick(each)) {
      return true;
    }
    if (already < FEWEST) {
      boolean fits = fits(phase, each, FEWEST - already, FEWEST);
      if (!fits) {
        giveUp(function, each);
      }
      return fits;
    }
    return fits(phase, each, planned - already, FEWEST) && !function.isClear(phase);
  }

  /** Whether so many more fit, and after the first fault phase the second one. */
  private boolean fits(Phase phase, Duration each, int more, int second) {
    int invocations = more + (phase == Phase.FAULT ? second : 0);
    return each.multipliedBy(invocations).compareTo(left()) <= 0;
  }

  private void giveUp(F function, Duration each) {
    Duration spent = Duration.ofNanos(nanos.getAsLong() - start);
    givenUp.put(function, spent.plus(each.multipliedBy(2L * FEWEST - 1)));
  }

  /** Gives up a function whose invocation did not end in the time of a cell. */
  void outOfTime(F function) {
    Duration limit = function.timeout();
    Duration each = limit.compareTo(longest) > 0 ? limit : longest;
    givenUp.putIfAbsent(function, each.multipliedBy(2L * FEWEST));
  }

  /** What did not fit, with the time that each would need. */
  Map<F, Duration> givenUp() {
    return givenUp;
  }
}
