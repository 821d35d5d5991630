package io.leakguard;

import io.leakguard.diagnosis.ThreadFacts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * Takes stack traces of the threads that need one, by the cheapest way.
 *
 * <p>Of a crowd that looks alike from outside only some are looked at: where their stacks agree to
 * the line, the rest is taken to stand there too.
 */
final class Stacks {
  /**
   * One trace stops the JVM once; all traces stop it once for all. On JDK 17 a single one costs
   * about as much as five of all together (measured).
   */
  private static final int ONE_COSTS_AS_MUCH_AS = 5;

  private static final int CROWD = 64;
  private static final int SAMPLE = 16;

  private final Map<Thread, StackTraceElement[]> traces;
  private final Map<Sighting, ThreadFacts> facts = new LinkedHashMap<>();

  private Stacks(Map<Thread, StackTraceElement[]> traces) {
    this.traces = traces;
  }

  /** How a thread looks without its stack: name without digits, state, what it waits for. */
  private record Look(String name, Thread.State state, Class<?> waitedFor) {
    static Look at(Thread thread) {
      Object blocker = LockSupport.getBlocker(thread);
      return new Look(
          withoutDigits(thread.getName()),
          thread.getState(),
          blocker == null ? null : blocker.getClass());
    }
  }

  /** Returns what the threads look like; those that are gone are left out. */
  static Map<Sighting, ThreadFacts> of(List<Sighting> sightings, int live) {
    if (sightings.size() <= CROWD) {
      return each(sightings, live).facts;
    }
    Map<Look, List<Sighting>> crowds = new LinkedHashMap<>();
    for (Sighting sighting : sightings) {
      Thread thread = sighting.get();
      if (thread != null) {
        crowds.computeIfAbsent(Look.at(thread), look -> new ArrayList<>()).add(sighting);
      }
    }
    List<Sighting> singly = new ArrayList<>();
    Stacks sampled = new Stacks(Map.of());
    for (List<Sighting> crowd : crowds.values()) {
      if (crowd.size() <= CROWD || !sampled.takeCrowd(crowd)) {
        singly.addAll(crowd);
      }
    }
    sampled.facts.putAll(each(singly, live).facts);
    return sampled.facts;
  }

  private static Stacks each(List<Sighting> sightings, int live) {
    boolean all = sightings.size() * ONE_COSTS_AS_MUCH_AS > live && sightings.size() > 1;
    Stacks stacks = new Stacks(all ? Thread.getAllStackTraces() : new HashMap<>());
    sightings.forEach(stacks::take);
    return stacks;
  }

  private void take(Sighting sighting) {
    Thread thread = sighting.get();
    if (thread != null) {
      StackTraceElement[] trace = traces.get(thread);
      facts.put(sighting, trace == null ? ThreadFacts.of(thread) : ThreadFacts.of(thread, trace));
    }
  }

  /** False where they do not stand in one place after all. */
  private boolean takeCrowd(List<Sighting> crowd) {
    List<StackTraceElement> frames = null;
    for (int i = 0; i < SAMPLE; i++) {
      Thread thread = crowd.get((int) ((long) i * crowd.size() / SAMPLE)).get();
      if (thread != null) {
        List<StackTraceElement> seen = List.of(thread.getStackTrace());
        if (frames != null && !frames.equals(seen)) {
          return false;
        }
        frames = seen;
      }
    }
    if (frames == null) {
      return false;
    }
    for (Sighting sighting : crowd) {
      Thread thread = sighting.get();
      if (thread != null) {
        facts.put(sighting, ThreadFacts.of(thread, frames));
      }
    }
    return true;
  }

  private static String withoutDigits(String name) {
    StringBuilder kept = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c < '0' || c > '9') {
        kept.append(c);
      }
    }
    return kept.toString();
  }
}
