package io.leakguard;

import io.leakguard.diagnosis.Diagnosis;
import io.leakguard.diagnosis.Owner;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The owners of the living members of a group: one pool with five workers is one owner, five pools
 * are five, and a thread that is in the middle of something answers for itself.
 */
final class Owners {
  /**
   * So many threads on one queue may be a pool that somebody wrote himself, since static pools that
   * add one worker per invocation up to 50 are common; the JDK's own pools have no such bound.
   */
  private static final int MOST_ON_ONE_QUEUE = 50;

  private final boolean working;
  private final Map<String, Integer> names = new HashMap<>();
  private final Map<Owner, Integer> sizes = new HashMap<>();
  private final Map<String, Owner> pools = new HashMap<>();
  private final Map<Suspect, Object> owners = new HashMap<>();
  private final Set<Object> inUse = new HashSet<>();

  private Owners(boolean working) {
    this.working = working;
  }

  static Owners of(Group group) {
    Owners owners = new Owners(group.diagnosis.role() == Diagnosis.Role.WORK);
    owners.census(group.living());
    for (Suspect suspect : group.living()) {
      Object owner = owners.find(suspect);
      owners.owners.put(suspect, owner);
      if (suspect.reused) {
        owners.inUse.add(owner);
      }
    }
    return owners;
  }

  private void census(List<Suspect> living) {
    for (Suspect suspect : living) {
      names.merge(suspect.name, 1, Integer::sum);
      sizes.merge(suspect.owner, 1, Integer::sum);
      if (suspect.owner.kind() == Owner.Kind.WAITED_FOR && !suspect.owner.group().isEmpty()) {
        pools.putIfAbsent(suspect.owner.group(), suspect.owner);
      }
    }
  }

  private Object find(Suspect suspect) {
    Owner owner = suspect.owner;
    return switch (owner.kind()) {
      case THREAD -> owner;
      case WAITED_FOR -> isCrowd(suspect) ? suspect : namedGroup(suspect);
      // A worker that is not idle has only its name: it belongs to the pool that an idle one with
      // the same group number was seen to wait on.
      case NAMED_GROUP ->
          working || isNameShared(suspect) ? suspect : pools.getOrDefault(owner.group(), owner);
    };
  }

  /** Executors that are groups of threads with a queue each say so in their two numbers. */
  private Object namedGroup(Suspect suspect) {
    String group = suspect.owner.group();
    return suspect.ofAPool || group.isEmpty() ? suspect.owner : group;
  }

  /** Threads of no pool that take from one queue: a pool of somebody's own, within limits. */
  private boolean isCrowd(Suspect suspect) {
    return !suspect.ofAPool
        && (isNameShared(suspect) || sizes.get(suspect.owner) > MOST_ON_ONE_QUEUE);
  }

  /** A pool numbers its workers: two living threads of exactly one name are not of one pool. */
  private boolean isNameShared(Suspect suspect) {
    return names.get(suspect.name) > 1;
  }

  /** Returns how many there are. */
  int count() {
    return new HashSet<>(owners.values()).size();
  }

  /** Says whether an owner has threads that different invocations left: a pool that warms up. */
  boolean anyGrewLater() {
    Map<Object, Long> births = new HashMap<>();
    for (Map.Entry<Suspect, Object> entry : owners.entrySet()) {
      Long earlier = births.putIfAbsent(entry.getValue(), entry.getKey().birth);
      if (earlier != null && earlier != entry.getKey().birth) {
        return true;
      }
    }
    return false;
  }

  /** Says whether somebody still hands work to one of them. */
  boolean anyInUse() {
    return !inUse.isEmpty();
  }

  /**
   * Returns how many owners speak for a leak: nobody hands work to them any more, and they have a
   * member that is old enough.
   *
   * @param youngest the highest birth that counts
   */
  int abandoned(long youngest) {
    Set<Object> abandoned = new HashSet<>();
    for (Map.Entry<Suspect, Object> entry : owners.entrySet()) {
      Suspect suspect = entry.getKey();
      boolean settled = !suspect.atWork || suspect.steady > 0;
      if (settled && suspect.birth <= youngest && !inUse.contains(entry.getValue())) {
        abandoned.add(entry.getValue());
      }
    }
    return abandoned.size();
  }

  /** Returns in how many invocations members were left that are old enough. */
  int births(long youngest) {
    Set<Long> births = new HashSet<>();
    for (Suspect suspect : owners.keySet()) {
      if (suspect.birth <= youngest) {
        births.add(suspect.birth);
      }
    }
    return births.size();
  }

  /** Says whether they are threads whose names differ in one number at the end, as loops' do. */
  boolean areNumberedThreads() {
    for (Map.Entry<Suspect, Object> entry : owners.entrySet()) {
      String name = entry.getKey().name;
      boolean numbered = !name.isEmpty() && Character.isDigit(name.charAt(name.length() - 1));
      if (!numbered || names.get(name) > 1) {
        return false;
      }
    }
    return true;
  }
}
