package io.leakguard;

import io.leakguard.diagnosis.Diagnosis;
import io.leakguard.diagnosis.Family;
import io.leakguard.diagnosis.Fingerprint;
import io.leakguard.diagnosis.SafeText;
import io.leakguard.diagnosis.StackSnippet;
import io.leakguard.diagnosis.ThreadFacts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A thread that is still alive after the grace, and what is known of it.
 *
 * @param origin null where it is not known
 */
record Survivor(long id, ThreadFacts facts, Origin origin) {
  private static final int MOST_FRAMES = 16;
  private static final int LONGEST_NAME = 120;

  /** From so many on, one look at all threads is cheaper than one at each. */
  private static final int MANY = 8;

  /** Looks at threads; leaves out those that have ended meanwhile, are ending or are ignored. */
  static List<Survivor> of(List<Thread> threads, LeakCheck check) {
    Map<Thread, StackTraceElement[]> stacks =
        threads.size() < MANY ? Map.of() : Thread.getAllStackTraces();
    List<Survivor> survivors = new ArrayList<>();
    for (Thread thread : threads) {
      StackTraceElement[] stack = stacks.get(thread);
      ThreadFacts facts =
          stack == null ? ThreadFacts.of(thread) : ThreadFacts.of(thread, stack.clone());
      if (thread.isAlive() && !Grace.isEnding(facts) && !isIgnored(thread, facts, check)) {
        survivors.add(new Survivor(thread.getId(), facts, Origins.of(thread)));
      }
    }
    return survivors;
  }

  static boolean isIgnored(Thread thread, ThreadFacts facts, LeakCheck check) {
    Origin origin = Origins.of(thread);
    List<StackTraceElement> starter = origin == null ? List.of() : origin.createdBy();
    return check.filters().accepts(thread, facts, starter);
  }

  /** An idle worker has no frame of its owner: then the creation tells one bug from another. */
  private String fingerprint() {
    List<StackTraceElement> frames = new ArrayList<>(facts.frames());
    if (origin != null) {
      frames.addAll(origin.createdBy().subList(0, Math.min(1, origin.createdBy().size())));
    }
    return Fingerprint.of(new ThreadFacts(facts.name(), facts.group(), facts.state(), frames))
        .value();
  }

  /** Puts together what is one bug, the largest group first. */
  static List<LeakedGroup> groups(List<Survivor> survivors) {
    Map<String, List<Survivor>> byFingerprint = new LinkedHashMap<>();
    for (Survivor survivor : survivors) {
      byFingerprint.computeIfAbsent(survivor.fingerprint(), f -> new ArrayList<>()).add(survivor);
    }
    List<LeakedGroup> groups = new ArrayList<>();
    byFingerprint.forEach((fingerprint, members) -> groups.add(group(fingerprint, members)));
    groups.sort(Comparator.comparingInt(LeakedGroup::threads).reversed());
    return groups;
  }

  private static LeakedGroup group(String fingerprint, List<Survivor> members) {
    ThreadFacts facts = members.get(0).facts;
    Origin origin = members.get(0).origin;
    return new LeakedGroup(
        fingerprint,
        Family.of(facts).name(),
        members.stream().map(member -> SafeText.of(member.facts.name(), LONGEST_NAME)).toList(),
        facts.state(),
        Diagnosis.of(facts),
        StackSnippet.of(facts.frames(), MOST_FRAMES),
        origin == null ? List.of() : frames(origin),
        origin == null ? "" : origin.scope(),
        origin == null ? "" : origin.parent());
  }

  /** Not as a stack of one that waits: there the frames of the waiting are left out. */
  private static List<String> frames(Origin origin) {
    return origin.createdBy().stream()
        .map(frame -> StackSnippet.of(List.of(frame), 1).get(0))
        .toList();
  }
}
