package io.leakguard;

import io.leakguard.diagnosis.Diagnosis;
import io.leakguard.diagnosis.Family;
import io.leakguard.diagnosis.Fingerprint;
import io.leakguard.diagnosis.ThreadFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The suspects of one fingerprint, what was held of them, and what was said about them.
 *
 * <p>Guarded by the monitor's check lock.
 */
final class Group {
  /** Code that will run on in the middle of the next invocation. */
  private static final Set<String> RUNNING = Set.of("running", "spin", "starting");

  final Fingerprint fingerprint;
  final Family family;
  final Diagnosis diagnosis;

  /** The code its threads stand in, whatever they are called; null without a frame of its own. */
  final Fingerprint code;

  /** In which invocations the number of its owners reached a new high. */
  Rises rises = new Rises();

  /** The same, with the young ones of a kind that was seen to end by itself. */
  Rises multiplied = new Rises();

  /** How many owners spoke for a leak when it was judged last. */
  int abandoned;

  /** Its threads restart faster than they can be watched, and there are more of them each time. */
  boolean turnsOver;

  private final List<Suspect> living = new ArrayList<>();
  private ThreadFacts sample;
  private Verdict verdict = Verdict.ESCAPED;
  private Verdict reported;
  private int reportedLiving;
  private boolean reportedInFull;
  private boolean toldInShort;
  private int recovered;
  private int recoveredSinceRise;
  private Suspect latest;
  private Origin origin;
  private long firstBirth;
  private long firstSeenNanos;

  Group(Fingerprint fingerprint, ThreadFacts sample) {
    this.fingerprint = fingerprint;
    this.family = Family.of(sample);
    this.diagnosis = Diagnosis.of(sample);
    this.code = Fingerprint.ofCode(sample);
    this.sample = sample;
  }

  void add(Suspect suspect, ThreadFacts facts, long thawedNanos) {
    if (living.isEmpty()) {
      firstBirth = suspect.birth;
      firstSeenNanos = thawedNanos;
    }
    firstBirth = Math.min(firstBirth, suspect.birth);
    living.add(suspect);
    suspect.group = this;
    latest = suspect;
    origin = suspect.origin == null ? origin : suspect.origin;
    sample = facts;
  }

  /** A member ended, or went back to waiting for work. */
  void recovered(Suspect suspect) {
    if (living.remove(suspect)) {
      recovered++;
      recoveredSinceRise++;
    }
  }

  /** A member turned out to be of another kind. */
  void leave(Suspect suspect) {
    living.remove(suspect);
  }

  List<Suspect> living() {
    return living;
  }

  /** Says whether members of this group have ended by themselves. */
  boolean hasRecoveries() {
    return recovered > 0;
  }

  int recoveredSinceRise() {
    return recoveredSinceRise;
  }

  void rose() {
    recoveredSinceRise = 0;
  }

  Verdict verdict() {
    return verdict;
  }

  /** Says whether it was held to be a leak or a pool before. */
  boolean isDecided() {
    return verdict == Verdict.GROWING || verdict == Verdict.BOUNDED;
  }

  void judged(Verdict now) {
    verdict = now;
    if (now == Verdict.RECOVERED) {
      rises = new Rises();
      multiplied = new Rises();
      turnsOver = false;
    }
  }

  /** Virtual threads are seen in samples: when each was born counts, not when it was seen. */
  boolean isVirtual() {
    return latest != null && latest.isVirtual();
  }

  /** Idle workers of several pools: whether somebody still uses them decides. */
  boolean isOfIdleOwners() {
    return diagnosis.role() == Diagnosis.Role.CONSUMER
        && !isVirtual()
        && living.size() > 1
        && rises.rises() > 1;
  }

  /** Returns how many threads of this group are alive and judged leaked. */
  int leaked() {
    return verdict == Verdict.GROWING ? notReused() : 0;
  }

  /** Returns how many threads of this group are alive and undecided. */
  int undecided() {
    return verdict == Verdict.ESCAPED ? living.size() : 0;
  }

  private int notReused() {
    int count = 0;
    for (Suspect suspect : living) {
      count += suspect.reused ? 0 : 1;
    }
    return count;
  }

  /**
   * Says whether somebody should hear of this group now. A pool whose workers come and go after it
   * was reported once is no news.
   */
  boolean hasNews() {
    return switch (verdict) {
      case GROWING -> reported != Verdict.GROWING || reportedLiving != living.size();
      case BOUNDED -> reported == Verdict.ESCAPED || reported == Verdict.GROWING;
      case ESCAPED -> reported == null && !living.isEmpty();
      case RECOVERED -> reported == Verdict.ESCAPED || reported == Verdict.GROWING;
    };
  }

  /** Returns what the last member looked like; a group that has ended keeps no stack. */
  ThreadFacts sample() {
    return sample;
  }

  /** Forgets the frames of a group that has ended: only that it was reported matters then. */
  void strip() {
    sample = new ThreadFacts(family.name(), "", sample.state(), List.of());
    latest = null;
    origin = null;
  }

  boolean isStripped() {
    return latest == null;
  }

  Verdict reported() {
    return reported;
  }

  boolean isReportedInFull() {
    return reportedInFull;
  }

  /** Where the deadline was too near for a report, a compact line was written at once. */
  void toldInShort() {
    toldInShort = true;
  }

  boolean isToldInShort() {
    return toldInShort;
  }

  void reported(boolean inFull) {
    reported = verdict;
    reportedLiving = living.size();
    reportedInFull |= inFull;
    toldInShort = false;
  }

  /**
   * Returns how many threads each invocation adds, since the first one that left any; 0 where the
   * group does not grow.
   */
  double perInvocation(long now) {
    return verdict == Verdict.GROWING && kind() != Kind.STUCK
        ? (double) living.size() / Math.max(1, now - firstBirth + 1)
        : 0;
  }

  /** Returns the highest invocation number that left a member; 0 where all have ended. */
  long newestBirth() {
    return latest == null ? 0 : latest.birth;
  }

  /** Returns the lowest invocation number that left a member since the group was last empty. */
  long firstBirth() {
    return firstBirth;
  }

  /** Returns the thawed time at which the first of them was seen. */
  long firstSeenNanos() {
    return firstSeenNanos;
  }

  /** Returns who created the last member of which that is known; null where it is of none. */
  Origin origin() {
    return origin;
  }

  /** Returns the member that was left last; it may have ended since. */
  Suspect latest() {
    return latest;
  }

  /** Returns what a finding about this group is about. */
  Kind kind() {
    if (isVirtual()) {
      return Kind.VIRTUAL_THREAD;
    }
    if (latest != null && latest.atWork) {
      return Kind.STUCK;
    }
    boolean runsOn = verdict == Verdict.ESCAPED && RUNNING.contains(diagnosis.kind());
    return runsOn ? Kind.BOUNDARY : Kind.THREAD;
  }
}
