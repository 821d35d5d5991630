package io.leakguard;

import io.leakguard.diagnosis.ThreadFacts;
import java.util.ArrayList;
import java.util.List;

/**
 * The virtual threads that a check has created and that are still alive after its grace.
 *
 * <p>No enumeration shows them: they are taken from a dump, which costs milliseconds, and only
 * where a carrier shows that there are any. Charged is what is known to be the check's.
 */
final class VirtualSurvivors {
  private static final String UNNAMED = "virtual-thread";
  private static final long FIRST_PAUSE = 1_000_000;
  private static final long LONGEST_PAUSE = 50_000_000;

  private static final VirtualDump DUMP = new VirtualDump();

  private VirtualSurvivors() {}

  /**
   * Looks until none is left or it is too late.
   *
   * @param deadline of the check's host's clock
   */
  static List<Survivor> of(OriginScope origin, LeakCheck check, long deadline) {
    long pause = FIRST_PAUSE;
    while (hasCarriers()) {
      List<Survivor> left = look(origin, check);
      long rest = deadline - check.host().nanoTime();
      if (left.isEmpty() || rest <= 0) {
        return left;
      }
      check.host().pause(Math.min(pause, rest));
      pause = Math.min(2 * pause, LONGEST_PAUSE);
    }
    return List.of();
  }

  private static boolean hasCarriers() {
    for (Thread thread : LiveThreads.now()) {
      ThreadGroup group = thread.getThreadGroup();
      if (group != null && group.getName().equals("CarrierThreads")) {
        return true;
      }
    }
    return false;
  }

  private static List<Survivor> look(OriginScope origin, LeakCheck check) {
    List<Survivor> left = new ArrayList<>();
    for (Virtual virtual : living()) {
      Creation creation = Origins.creationOf(virtual.id());
      if (creation != null && creation.scope().check() == origin) {
        ThreadFacts facts = named(virtual.facts());
        if (!check.filters().accepts(null, facts, creation.origin().createdBy())) {
          left.add(new Survivor(virtual.id(), facts, creation.origin()));
        }
      }
    }
    return left;
  }

  private static List<Virtual> living() {
    synchronized (DUMP) {
      try {
        DUMP.prepare();
        return DUMP.look().threads();
      } catch (Exception e) {
        // No dump, no answer: a check of platform threads must not fail for it.
        return List.of();
      }
    }
  }

  private static ThreadFacts named(ThreadFacts facts) {
    return facts.name().isEmpty()
        ? new ThreadFacts(UNNAMED, facts.group(), facts.state(), facts.frames())
        : facts;
  }
}
