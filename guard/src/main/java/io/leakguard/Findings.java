package io.leakguard;

import io.leakguard.diagnosis.Diagnosis;
import io.leakguard.diagnosis.LockOwners;
import io.leakguard.diagnosis.LockWait;
import io.leakguard.diagnosis.Owner;
import io.leakguard.diagnosis.StackSnippet;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes findings of groups, and decides how much of a group is told. */
final class Findings {
  static final int FRAMES = 16;
  static final int FRAMES_IN_SHORT = 6;
  static final int NAMES = 10;

  private static final Set<String> WAITS_FOR_LOCK = Set.of("lock", "monitor-blocked");

  private Findings() {}

  /**
   * Describes a group.
   *
   * <p>The one full report is written when a leak is confirmed; at first sight only where the
   * thread is at work or stuck in it. An idle worker may be a pool that warms up: it is told in
   * short. Under SAM local there is often no second invocation, so everything is told at once.
   */
  static Finding of(Group group, Look look) {
    List<Suspect> living = group.living();
    boolean inFull = !group.isReportedInFull() && deservesFull(group, look);
    boolean inShort = group.reported() == null || group.reported() != group.verdict();
    int frames = inFull ? FRAMES : inShort ? FRAMES_IN_SHORT : 0;
    boolean ended = group.verdict() == Verdict.RECOVERED;
    int shown = Math.max(0, living.size() - NAMES);
    Suspect latest = group.latest();
    return new Finding(
        group.kind(),
        latest.requestId,
        latest.birth == look.first(),
        group.verdict(),
        group.fingerprint.value(),
        group.family.name(),
        living.size(),
        living.subList(shown, living.size()).stream().map(suspect -> suspect.name).toList(),
        Owners.of(group).count(),
        births(living),
        (int) living.stream().filter(suspect -> !suspect.isDaemon).count(),
        ended ? null : group.sample().state(),
        ended || frames == 0 ? List.of() : StackSnippet.of(group.sample().frames(), frames),
        createdBy(group, frames),
        group.origin() == null ? Map.of() : group.origin().labels(),
        inFull ? withLockHolder(group, look) : group.diagnosis,
        Math.max(0, look.now() - group.firstBirth()),
        Duration.ofNanos(Math.max(0, look.thawedNanos() - group.firstSeenNanos())),
        group.perInvocation(look.now()),
        inFull);
  }

  /** Who holds the lock is asked once, for the full report, and where there is time for it. */
  private static Diagnosis withLockHolder(Group group, Look look) {
    Thread thread = group.latest().thread();
    boolean waitsForLock = WAITS_FOR_LOCK.contains(group.diagnosis.kind());
    if (thread == null || !waitsForLock || look.remainingMillis() < Waits.FIRST_MILLIS) {
      return group.diagnosis;
    }
    LockWait wait = LockOwners.of(List.of(thread)).get(thread.getId());
    return Diagnosis.of(group.sample(), wait);
  }

  private static List<String> createdBy(Group group, int frames) {
    Origin origin = group.origin();
    return origin == null || frames == 0
        ? List.of()
        : StackSnippet.of(withoutRuntime(origin.createdBy()), frames);
  }

  /** The frames of the runtime client, and how it calls the handler, are the same for everybody. */
  private static List<StackTraceElement> withoutRuntime(List<StackTraceElement> frames) {
    int end = 0;
    while (end < frames.size() && !isRuntime(frames.get(end))) {
      end++;
    }
    while (end > 1
        && frames.get(end - 1).getClassName().matches("(jdk\\.internal|java\\.lang)\\..*")) {
      end--;
    }
    return end == 0 ? frames : frames.subList(0, end);
  }

  private static boolean isRuntime(StackTraceElement frame) {
    return frame.getClassName().startsWith("com.amazonaws.services.lambda.runtime.api.client.")
        || frame.getClassName().startsWith("io.leakguard.Guarded");
  }

  private static boolean deservesFull(Group group, Look look) {
    return switch (group.verdict()) {
      case GROWING -> true;
      case ESCAPED -> !Owner.isIdleConsumer(group.sample()) || look.isSamLocal();
      case BOUNDED, RECOVERED -> false;
    };
  }

  private static int births(List<Suspect> living) {
    Set<Long> births = new HashSet<>();
    living.forEach(suspect -> births.add(suspect.birth));
    return births.size();
  }
}
