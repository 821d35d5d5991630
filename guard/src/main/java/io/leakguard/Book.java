package io.leakguard;

import io.leakguard.diagnosis.Fingerprint;
import io.leakguard.diagnosis.Owner;
import io.leakguard.diagnosis.ThreadFacts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The threads that are not of the baseline: those still to be judged, and the groups of those that
 * outlived their invocation.
 *
 * <p>Guarded by the monitor's check lock.
 */
final class Book {
  /** Groups without a living thread are remembered up to so many, to report each bug once. */
  private static final int REMEMBERED = 1_000;

  /** A thread that seems about to end is waited for over so many checks at most. */
  private static final int MOST_PUT_OFF = 3;

  private final Filters filters;
  private final Lanes lanes;
  private final List<Sighting> fresh = new ArrayList<>();
  private final Map<Fingerprint, Group> groups = new LinkedHashMap<>(16, 0.75f, true);

  Book(Filters filters, Lanes lanes) {
    this.filters = filters;
    this.lanes = lanes;
  }

  /** Takes in what a look at the roster found to have begun and ended. */
  void update(Roster roster, String requestId) {
    for (Sighting sighting : roster.ended()) {
      if (sighting.suspect != null) {
        sighting.suspect.group.ended(sighting.suspect);
      }
    }
    long newest = lanes.last();
    for (Sighting sighting : roster.born()) {
      Thread thread = sighting.get();
      if (thread == null || lanes.isRunner(thread) || filters.acceptsByName(thread)) {
        sighting.standing = Sighting.Standing.ACCEPTED;
      } else {
        sighting.firstSeen = newest;
        sighting.requestId = requestId;
        fresh.add(sighting);
      }
    }
  }

  /**
   * Judges what can be judged: threads whose every possible invocation has ended, after the settle
   * time. At the beginning of an invocation only those that an earlier check has seen.
   */
  void judge(Look look, int live, List<Sighting> justBorn) {
    fresh.removeIf(sighting -> !sighting.isAlive());
    List<Sighting> ripe = new ArrayList<>();
    for (Sighting sighting : fresh) {
      if (lanes.allEndedUpTo(sighting.firstSeen)
          && (look.atEnd() || !justBorn.contains(sighting))) {
        ripe.add(sighting);
      }
    }
    if (!ripe.isEmpty() && settle(ripe, look)) {
      ripe.removeIf(sighting -> !sighting.isAlive());
      examine(ripe, live);
    }
    for (Group group : groups.values()) {
      group.judge(Judgement.of(group.living(), lanes.mostAtOnce()));
    }
    forget();
  }

  /** False where there is no time to settle now: then the next invocation's beginning decides. */
  private static boolean settle(List<Sighting> ripe, Look look) {
    long budget = Settling.budget(look.settings().settle(), look.context());
    if (budget <= 0 && look.atEnd()) {
      return false;
    }
    ripe.forEach(sighting -> sighting.putOff += sighting.settled ? 1 : 0);
    List<Sighting> unsettled = ripe.stream().filter(sighting -> !sighting.settled).toList();
    if (!unsettled.isEmpty()) {
      Settling.await(unsettled, budget, look.host());
      unsettled.forEach(sighting -> sighting.settled = true);
    }
    return true;
  }

  private void examine(List<Sighting> ripe, int live) {
    Map<Thread, ThreadFacts> facts = Stacks.of(ripe, live);
    for (Sighting sighting : ripe) {
      Thread thread = sighting.get();
      ThreadFacts seen = thread == null ? null : facts.get(thread);
      if (seen == null || seen.state() == Thread.State.TERMINATED) {
        continue;
      }
      if (filters.accepts(thread, seen)) {
        sighting.standing = Sighting.Standing.ACCEPTED;
        fresh.remove(sighting);
      } else if (!isEnding(sighting, thread, seen)) {
        suspect(sighting, thread, seen);
        fresh.remove(sighting);
      }
    }
  }

  /**
   * Guards against accusing a pool that was closed correctly: its workers are interrupted first,
   * then pass through processWorkerExit, and for a moment have no frame at all.
   */
  private static boolean isEnding(Sighting sighting, Thread thread, ThreadFacts facts) {
    if (facts.hasFrame("java.util.concurrent.ThreadPoolExecutor", "processWorkerExit")
        || facts.hasFrame("java.util.concurrent.ForkJoinPool", "deregisterWorker")
        || facts.hasFrame("java.lang.Thread", "exit")) {
      return true;
    }
    boolean looksSo =
        facts.frames().isEmpty() || (thread.isInterrupted() && Owner.isIdleConsumer(facts));
    return looksSo && sighting.putOff < MOST_PUT_OFF;
  }

  private void suspect(Sighting sighting, Thread thread, ThreadFacts facts) {
    Fingerprint fingerprint = Fingerprint.of(facts);
    Group group = groups.computeIfAbsent(fingerprint, f -> new Group(f, facts));
    Suspect suspect = new Suspect(sighting, group, facts.name(), Owner.of(thread, facts));
    sighting.standing = Sighting.Standing.SUSPECT;
    sighting.suspect = suspect;
    group.add(suspect, facts);
  }

  private void forget() {
    Iterator<Group> eldestFirst = groups.values().iterator();
    while (groups.size() > REMEMBERED && eldestFirst.hasNext()) {
      Group group = eldestFirst.next();
      if (group.living().isEmpty() && !group.hasNews()) {
        eldestFirst.remove();
      }
    }
  }

  /** Says whether threads wait for their judgement, or groups for their report. */
  boolean isOpen() {
    return !fresh.isEmpty() || hasNews();
  }

  boolean hasNews() {
    for (Group group : groups.values()) {
      if (group.hasNews()) {
        return true;
      }
    }
    return false;
  }

  /** Returns how many fingerprints are remembered. */
  int size() {
    return groups.size();
  }

  /** Returns the groups with news, the largest first. */
  List<Group> news() {
    return groups.values().stream()
        .filter(Group::hasNews)
        .sorted(Comparator.comparingInt((Group group) -> group.living().size()).reversed())
        .toList();
  }

  /** Returns the threads that are alive and judged leaked. */
  int leaked() {
    int leaked = 0;
    for (Group group : groups.values()) {
      leaked += group.leaked();
    }
    return leaked;
  }
}
