package io.leakguard;

import io.leakguard.diagnosis.Family;
import io.leakguard.diagnosis.ThreadFacts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The threads that are neither of the baseline nor judged yet: waits for those that are about to
 * end, and lets go of those that a rule ignores.
 *
 * <p>Guarded by the monitor's check lock.
 */
final class Newcomers {
  /** A thread that seems about to end is waited for over so many checks at most. */
  private static final int MOST_PUT_OFF = 3;

  private static final int MOST_TURNOVERS = 64;

  /** A shutdown procedure has quiet periods of some seconds; in thawed time. */
  private static final long LONGEST_SHUTDOWN = 30_000_000_000L;

  private final Filters filters;
  private final Lanes lanes;
  private final Traits.Memory traits;
  private final Settling settling = new Settling();
  private final List<Sighting> fresh = new ArrayList<>();
  private final Map<String, Rises> turnovers = new HashMap<>();
  private boolean lostSome;
  private boolean someAreEnding;

  Newcomers(Filters filters, Lanes lanes, Traits.Memory traits) {
    this.traits = traits;
    this.filters = filters;
    this.lanes = lanes;
  }

  /** Takes in a thread that began since the last look. */
  void add(Sighting sighting, Look look) {
    Thread thread = sighting.get();
    if (thread == null || lanes.isRunner(thread) || filters.acceptsByName(thread)) {
      sighting.standing = Sighting.Standing.ACCEPTED;
      return;
    }
    sighting.firstSeen = lanes.last();
    sighting.requestId = look.requestId();
    sighting.firstSeenThawed = look.thawedNanos();
    sighting.seenAtBegin = !look.atEnd();
    fresh.add(sighting);
  }

  void forgetAccepted() {
    fresh.removeIf(sighting -> sighting.standing == Sighting.Standing.ACCEPTED);
  }

  boolean isEmpty() {
    return fresh.isEmpty();
  }

  /**
   * Returns what outlived its invocation, after the settle time: threads whose every possible
   * invocation has ended. At the beginning of an invocation only those that an earlier check saw.
   */
  Map<Sighting, ThreadFacts> survivors(Look look, int live) {
    fresh.removeIf(sighting -> !sighting.isAlive() || hasBecomeRunner(sighting));
    lostSome = false;
    someAreEnding = false;
    List<Sighting> ripe = new ArrayList<>();
    for (Sighting sighting : fresh) {
      if (lanes.allEndedUpTo(sighting.firstSeen) && (look.atEnd() || !sighting.seenAtBegin)) {
        ripe.add(sighting);
      }
    }
    if (ripe.isEmpty() || !settle(ripe, look)) {
      return Map.of();
    }
    lostSome = ripe.removeIf(sighting -> !sighting.isAlive());
    Map<Sighting, ThreadFacts> survivors = Stacks.of(ripe, live);
    survivors.entrySet().removeIf(entry -> !hasSurvived(entry.getKey(), entry.getValue(), look));
    survivors.keySet().forEach(sighting -> sighting.standing = Sighting.Standing.SUSPECT);
    fresh.removeIf(sighting -> sighting.standing != Sighting.Standing.FRESH);
    return survivors;
  }

  /** A lane of the runtime is seen for the first time just before its first invocation begins. */
  private boolean hasBecomeRunner(Sighting sighting) {
    boolean isRunner = lanes.isRunner(sighting.get());
    if (isRunner) {
      sighting.standing = Sighting.Standing.ACCEPTED;
    }
    return isRunner;
  }

  /** Says whether the last check let some live because they are about to end. */
  boolean someAreEnding() {
    return someAreEnding;
  }

  /** Says whether threads ended while the last check waited for them. */
  boolean lostSome() {
    return lostSome;
  }

  /**
   * Returns the threads of families of which there were more and more at the ends of invocations,
   * although each of them lives too briefly to be judged by itself.
   */
  Map<Sighting, ThreadFacts> thatMultiply(Look look, int lanes, Roster roster) {
    Map<String, List<Sighting>> families = new HashMap<>();
    for (int i = 0; i < roster.live(); i++) {
      Sighting sighting = roster.at(i);
      Thread thread = sighting.get();
      if (thread != null && sighting.standing != Sighting.Standing.ACCEPTED) {
        families.computeIfAbsent(Family.nameOf(thread), f -> new ArrayList<>()).add(sighting);
      }
    }
    Map<Sighting, ThreadFacts> found = new LinkedHashMap<>();
    families.forEach(
        (family, members) -> {
          if (turnovers.size() < MOST_TURNOVERS || turnovers.containsKey(family)) {
            Rises rises = turnovers.computeIfAbsent(family, f -> new Rises());
            rises.record(members.size(), look.now());
            if (Judgement.confirmsTurnover(rises, lanes)) {
              members.retainAll(fresh);
              found.putAll(Stacks.of(members, roster.live()));
            }
          }
        });
    found.keySet().forEach(sighting -> sighting.standing = Sighting.Standing.SUSPECT);
    fresh.removeAll(found.keySet());
    return found;
  }

  /** False where there is no time to settle now: then the next invocation's beginning decides. */
  private boolean settle(List<Sighting> ripe, Look look) {
    List<Sighting> unsettled = new ArrayList<>();
    for (Sighting sighting : ripe) {
      if (sighting.settled) {
        sighting.putOff++;
      } else {
        unsettled.add(sighting);
      }
    }
    if (!unsettled.isEmpty()) {
      if (!settling.hasTime(look)) {
        return !look.atEnd();
      }
      settling.await(unsettled, look);
      unsettled.forEach(sighting -> sighting.settled = true);
    }
    return true;
  }

  private boolean hasSurvived(Sighting sighting, ThreadFacts facts, Look look) {
    Thread thread = sighting.get();
    if (thread == null || facts.state() == Thread.State.TERMINATED) {
      return false;
    }
    if (sighting.origin == null) {
      sighting.origin = Origins.of(thread);
    }
    List<StackTraceElement> starter =
        sighting.origin == null ? List.of() : sighting.origin.createdBy();
    if (filters.accepts(thread, facts, starter)) {
      sighting.standing = Sighting.Standing.ACCEPTED;
      return false;
    }
    boolean isEnding = isEnding(sighting, thread, facts, look);
    someAreEnding |= isEnding;
    return !isEnding;
  }

  /**
   * Guards against accusing a pool that was closed correctly: its workers are interrupted first,
   * then pass through processWorkerExit, and for a moment have no frame at all.
   */
  private boolean isEnding(Sighting sighting, Thread thread, ThreadFacts facts, Look look) {
    Traits seen = traits.of(facts);
    return switch (seen.ending()) {
      case CERTAIN -> true;
      case LIKELY -> look.thawedNanos() - sighting.firstSeenThawed < LONGEST_SHUTDOWN;
      case NO -> {
        boolean looksSo = facts.frames().isEmpty() || (thread.isInterrupted() && seen.idle());
        yield looksSo && sighting.putOff < MOST_PUT_OFF;
      }
    };
  }
}
