package io.leakguard;

import io.leakguard.diagnosis.ThreadFacts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Takes stack traces of the threads that need one, by the cheaper of the two ways. */
final class Stacks {
  /**
   * One trace stops the JVM once; all traces stop it once for all. On JDK 17 a single one costs
   * about as much as five of all together (measured).
   */
  private static final int ONE_COSTS_AS_MUCH_AS = 5;

  private Stacks() {}

  /** Returns what the threads look like; those that are gone are left out. */
  static Map<Sighting, ThreadFacts> of(List<Sighting> sightings, int live) {
    boolean all = sightings.size() * ONE_COSTS_AS_MUCH_AS > live && sightings.size() > 1;
    Map<Thread, StackTraceElement[]> traces = all ? Thread.getAllStackTraces() : Map.of();
    Map<Sighting, ThreadFacts> facts = new LinkedHashMap<>();
    for (Sighting sighting : sightings) {
      Thread thread = sighting.get();
      if (thread != null) {
        StackTraceElement[] trace = traces.get(thread);
        facts.put(sighting, trace == null ? ThreadFacts.of(thread) : ThreadFacts.of(thread, trace));
      }
    }
    return facts;
  }
}
