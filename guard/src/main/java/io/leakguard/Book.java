package io.leakguard;

import io.leakguard.diagnosis.Diagnosis;
import io.leakguard.diagnosis.Fingerprint;
import io.leakguard.diagnosis.ThreadFacts;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The groups of the threads that outlived their invocation, and of those that are stuck.
 *
 * <p>Guarded by the monitor's check lock.
 */
final class Book {
  /** Groups without a living thread are remembered up to so many, to report each bug once. */
  private static final int REMEMBERED = 1_000;

  /** Of more virtual threads the first ones tell enough. */
  private static final int MOST_VIRTUAL = 2_000;

  /** Each look costs a stack trace. */
  private static final int FEW = 16;

  private final Filters filters;
  private final Lanes lanes;
  private final UserCode code;
  private final Newcomers newcomers;
  private final Traits.Memory traits = new Traits.Memory();
  private final Watch watch = new Watch();
  private final Cohorts cohorts = new Cohorts();
  private final Replacements replacements = new Replacements();
  private final Map<Fingerprint, Group> groups = new LinkedHashMap<>(16, 0.75f, true);
  private final Map<Long, Suspect> virtual = new HashMap<>();
  private long nextSample = Long.MAX_VALUE;
  private boolean askedManagement;

  Book(Filters filters, Lanes lanes, UserCode code) {
    this.filters = filters;
    this.lanes = lanes;
    this.code = code;
    this.newcomers = new Newcomers(filters, lanes, traits);
  }

  /** Takes in what a look at the roster found to have ended and begun. */
  void update(Roster roster, Look look) {
    for (Sighting sighting : roster.ended()) {
      if (sighting.suspect != null) {
        sighting.suspect.group.recovered(sighting.suspect);
        watch.remove(sighting.suspect);
      } else if (sighting.standing == Sighting.Standing.ACCEPTED) {
        replacements.ended(sighting.get());
      }
    }
    for (Sighting sighting : roster.born()) {
      newcomers.add(sighting, look);
    }
  }

  /** Takes in what a look at the virtual threads saw. */
  void update(VirtualLook seen, Look look) {
    Map<Long, Virtual> living = new HashMap<>();
    seen.living().forEach(thread -> living.put(thread.id(), thread));
    if (seen.complete()) {
      virtual.entrySet().removeIf(entry -> hasEnded(entry.getValue(), living.get(entry.getKey())));
    }
    for (Virtual survivor : seen.survivors()) {
      boolean isNew = survivor.birth() >= look.first() && !virtual.containsKey(survivor.id());
      if (isNew && virtual.size() < MOST_VIRTUAL) {
        Suspect suspect = new Suspect(survivor, Origins.ofVirtual(survivor.id()));
        virtual.put(survivor.id(), suspect);
        join(suspect, survivor.facts(), look);
      }
    }
  }

  private static boolean hasEnded(Suspect suspect, Virtual now) {
    if (now == null) {
      suspect.group.recovered(suspect);
    }
    return now == null;
  }

  /** Judges what can be judged. */
  void judge(Look look, Roster roster) {
    newcomers.survivors(look, roster.live()).forEach((s, facts) -> enrol(s, facts, look));
    lookForTurnover(look, roster);
    if (look.atEnd()) {
      watch.due(look.now()).forEach(suspect -> lookAgain(suspect, look, roster));
      sampleWaits(look);
    }
    for (Group group : groups.values()) {
      group.judged(Judgement.of(group, look, lanes.mostAtOnce()));
    }
    cohorts.judge(groups.values(), look.now(), lanes.mostAtOnce());
    traits.forget();
    forget();
  }

  /** Threads that ended while they were waited for may have others in their place already. */
  private void lookForTurnover(Look look, Roster roster) {
    if (!look.atEnd() || !newcomers.lostSome() || !roster.look()) {
      return;
    }
    update(roster, look);
    newcomers
        .thatMultiply(look, lanes.mostAtOnce(), roster)
        .forEach(
            (sighting, facts) -> {
              enrol(sighting, facts, look);
              if (sighting.suspect != null) {
                sighting.suspect.group.turnsOver = true;
              }
            });
  }

  /** Lets go of all threads that are alive. */
  void acceptAll(Roster roster) {
    for (int i = 0; i < roster.live(); i++) {
      Sighting sighting = roster.at(i);
      if (sighting.suspect != null) {
        sighting.suspect.group.leave(sighting.suspect);
        watch.remove(sighting.suspect);
        sighting.suspect = null;
      }
    }
    newcomers.forgetAccepted();
  }

  private void enrol(Sighting sighting, ThreadFacts facts, Look look) {
    Thread thread = sighting.get();
    if (thread == null) {
      return;
    }
    if (replacements.take(traits.of(facts).family())) {
      sighting.standing = Sighting.Standing.ACCEPTED;
      return;
    }
    Suspect suspect = new Suspect(sighting, thread, traits.of(facts), sighting.firstSeen);
    sighting.suspect = suspect;
    join(suspect, facts, look);
  }

  private void join(Suspect suspect, ThreadFacts facts, Look look) {
    Fingerprint fingerprint = traits.of(facts).fingerprint();
    Group group = groups.computeIfAbsent(fingerprint, f -> new Group(f, facts));
    group.add(suspect, facts, look.thawedNanos());
    suspect.hopeless = suspect.atWork && Stuck.isHopeless(facts, group.diagnosis, code);
    suspect.stuck = false;
    suspect.cpuNanos = -1;
    // Caught in motion: the next end shows where it settles.
    boolean moves = suspect.atWork || facts.state() == Thread.State.RUNNABLE;
    if (moves && !suspect.isVirtual()) {
      suspect.lookedAt = look.now();
      watch.add(suspect, look.now());
      lookAtEarlier(group, look);
    }
  }

  /** A group that is small and undecided: a pool's workers may have come back one by one. */
  private void lookAtEarlier(Group group, Look look) {
    if (group.verdict() != Verdict.GROWING && group.living().size() <= FEW) {
      group.living().forEach(member -> watch.addNow(member, look.now()));
    }
  }

  /** Takes in threads that were idle once and have not moved since an earlier end. */
  void still(List<Sighting> sightings, Look look, Roster roster) {
    Stacks.of(sightings, roster.live())
        .forEach(
            (sighting, facts) -> {
              if (sighting.suspect != null) {
                lookAgain(sighting.suspect, facts, look, roster);
              } else {
                found(sighting, facts, look);
              }
            });
  }

  private void found(Sighting sighting, ThreadFacts facts, Look look) {
    Thread thread = sighting.get();
    if (thread == null
        || sighting.standing != Sighting.Standing.ACCEPTED
        || lanes.isRunner(thread)
        || filters.acceptsByName(thread)
        || filters.accepts(thread, facts)) {
      return;
    }
    Suspect suspect = new Suspect(sighting, thread, traits.of(facts), sighting.stoodSince);
    if (suspect.atWork && Diagnosis.of(facts).role() == Diagnosis.Role.WORK) {
      sighting.suspect = suspect;
      suspect.steady = 1;
      suspect.wasIdle = true;
      join(suspect, facts, look);
    }
  }

  private void lookAgain(Suspect suspect, Look look, Roster roster) {
    Thread thread = suspect.thread();
    if (thread != null) {
      lookAgain(suspect, ThreadFacts.of(thread), look, roster);
    }
  }

  private void lookAgain(Suspect suspect, ThreadFacts facts, Look look, Roster roster) {
    Thread thread = suspect.thread();
    if (thread == null) {
      return;
    }
    suspect.lookedAt = look.now();
    boolean moved = suspect.look(thread, traits.of(facts));
    if (moved && suspect.atWork) {
      suspect.steady = 0;
    }
    if (traits.of(facts).fingerprint().equals(suspect.group.fingerprint)) {
      suspect.steady += moved ? 0 : 1;
      watch.seenUnchanged(suspect, look.now());
      Stuck.decide(suspect, facts, code, look, roster);
      askedManagement |= suspect.cpuNanos >= 0;
      return;
    }
    watch.remove(suspect);
    suspect.steady = 0;
    if (suspect.sighting.standing == Sighting.Standing.ACCEPTED && !suspect.atWork) {
      suspect.group.recovered(suspect);
      suspect.sighting.suspect = null;
    } else {
      suspect.group.leave(suspect);
      join(suspect, facts, look);
    }
  }

  /**
   * Whether idle workers are still handed work is asked once a second owner has appeared: the JDK's
   * management classes, which tell, are not loaded for less.
   */
  private void sampleWaits(Look look) {
    boolean again = false;
    for (Group group : groups.values()) {
      if (group.isOfIdleOwners() && look.remainingMillis() > Waits.FIRST_MILLIS) {
        Waits.sample(group.living());
        askedManagement = true;
        again |= group.verdict() == Verdict.GROWING;
      }
    }
    nextSample = again ? look.now() + Math.max(1, look.now() / 8) : Long.MAX_VALUE;
  }

  private void forget() {
    Iterator<Group> eldestFirst = groups.values().iterator();
    while (eldestFirst.hasNext()) {
      Group group = eldestFirst.next();
      if (group.living().isEmpty() && !group.hasNews()) {
        group.strip();
        if (groups.size() > REMEMBERED) {
          eldestFirst.remove();
        }
      }
    }
  }

  /** Says whether the next invocation's beginning has something to do. */
  boolean isOpen() {
    return !newcomers.isEmpty() || hasNews();
  }

  /** Says whether the end of this invocation has something to do even if no thread came or went. */
  boolean isDue(long now) {
    return now >= nextSample || watch.isDue(now);
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

  /** Returns how many threads each invocation adds, of all groups that grow. */
  double perInvocation(long now) {
    double sum = 0;
    for (Group group : groups.values()) {
      sum += group.perInvocation(now);
    }
    return sum;
  }

  /** Says whether threads explain what is open now: they are new too, or are about to close. */
  boolean explainsResources(long now) {
    if (newcomers.someAreEnding()) {
      return true;
    }
    for (Group group : groups.values()) {
      if (!group.isVirtual() && group.newestBirth() == now) {
        return true;
      }
    }
    return false;
  }

  /** Says whether the JDK's management classes are loaded by now. */
  boolean hasAskedManagement() {
    return askedManagement;
  }

  /** Returns the threads that are alive and undecided. */
  int undecided() {
    int undecided = 0;
    for (Group group : groups.values()) {
      undecided += group.undecided();
    }
    return undecided;
  }
}
