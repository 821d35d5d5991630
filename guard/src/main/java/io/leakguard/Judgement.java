package io.leakguard;

import io.leakguard.diagnosis.Owner;
import io.leakguard.diagnosis.ThreadFacts;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Tells a leak from a pool that warms up, by who owns the threads and when the owners were born.
 *
 * <p>More workers of one owner are warm-up; owners born in three different invocations and alive
 * together are a leak. Count alone cannot tell them apart, and a name alone neither.
 */
final class Judgement {
  /** Two may be chance: a client that was built anew once. Three in three invocations are not. */
  private static final int GROWING_FROM = 3;

  /** Stacks are taken anew of so many members at most before a leak is confirmed. */
  private static final int LOOKED_AT_AGAIN = 256;

  private Judgement() {}

  /**
   * Judges the living members of a group.
   *
   * @param lanes the most invocations that ran at once: each lane may have one of a kind
   */
  static Verdict of(List<Suspect> living, int lanes) {
    if (living.isEmpty()) {
      return Verdict.RECOVERED;
    }
    int needed = GROWING_FROM + lanes - 1;
    if (ownerBirths(living) >= needed) {
      lookAgain(living);
      if (ownerBirths(living) >= needed) {
        return Verdict.GROWING;
      }
    }
    return ownerBirths(living) < threadBirths(living) ? Verdict.BOUNDED : Verdict.ESCAPED;
  }

  private static int threadBirths(List<Suspect> living) {
    Set<Long> births = new HashSet<>();
    for (Suspect suspect : living) {
      births.add(suspect.birth);
    }
    return births.size();
  }

  /** Counts the different invocations in which the owners of these threads were born. */
  static int ownerBirths(List<Suspect> living) {
    return new HashSet<>(owners(living).values()).size();
  }

  /** Returns each owner with the first invocation that left a thread of it. */
  static Map<Object, Long> owners(List<Suspect> living) {
    Map<String, Owner> pools = new HashMap<>();
    Map<String, Integer> names = new HashMap<>();
    for (Suspect suspect : living) {
      names.merge(suspect.name, 1, Integer::sum);
      if (suspect.owner.kind() == Owner.Kind.WAITED_FOR && !suspect.owner.group().isEmpty()) {
        pools.putIfAbsent(suspect.owner.group(), suspect.owner);
      }
    }
    Map<Object, Long> births = new HashMap<>();
    for (Suspect suspect : living) {
      births.merge(owner(suspect, pools, names), suspect.birth, Math::min);
    }
    return births;
  }

  /**
   * A busy worker has only its name: it belongs to the pool that an idle one with the same group
   * number was seen to wait on. Two living threads of exactly one name are not of one pool, since a
   * pool numbers its workers.
   */
  private static Object owner(
      Suspect suspect, Map<String, Owner> pools, Map<String, Integer> names) {
    if (suspect.owner.kind() != Owner.Kind.NAMED_GROUP) {
      return suspect.owner;
    }
    if (names.get(suspect.name) > 1) {
      return suspect;
    }
    return pools.getOrDefault(suspect.owner.group(), suspect.owner);
  }

  /** Workers that were busy when they were first seen may show their pool now. */
  private static void lookAgain(List<Suspect> living) {
    int looked = 0;
    for (Suspect suspect : living) {
      Thread thread = suspect.sighting.get();
      if (thread == null || suspect.owner.kind() == Owner.Kind.WAITED_FOR) {
        continue;
      }
      if (++looked > LOOKED_AT_AGAIN) {
        return;
      }
      suspect.owner = Owner.of(thread, ThreadFacts.of(thread));
    }
  }
}
