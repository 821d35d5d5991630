package io.leakguard;

import io.leakguard.diagnosis.Diagnosis.Role;
import java.util.Set;

/**
 * The verdict on a group: a leak is told from a pool that warms up by who owns the threads, in how
 * many invocations more owners were alive than ever before, and whether anybody still uses them.
 *
 * <p>The rule with its error modes is in docs/verdicts.md.
 */
final class Judgement {
  /** Two may be chance: a client that was built anew once. Three are not. */
  private static final int RISES = 3;

  /**
   * While an environment warms up, clients, timers and per-tenant pools are made for the first
   * time, one after the other: what merely waits for work needs one rise more then.
   */
  private static final long WARM_UP = 4;

  /**
   * Threads of a kind that was seen to end by itself count once they are so many invocations old.
   */
  private static final int OLD = 3;

  /** Threads that restart and multiply are never old: of them more rises are asked for. */
  private static final int RESTARTS = 2;

  /** Without a new high over so many invocations, members that come and go are concurrency. */
  private static final int PLATEAU = 20;

  /** What event loops look like, in the JDK and in native transports. */
  private static final Set<String> LOOPS = Set.of("selector", "native-code", "async-channels");

  private Judgement() {}

  /**
   * Judges a group.
   *
   * @param look the check at which it is judged
   * @param lanes the most invocations that ran at once: each lane may have one of a kind
   */
  static Verdict of(Group group, Look look, int lanes) {
    long now = look.now();
    if (group.living().isEmpty()) {
      group.abandoned = 0;
      return Verdict.RECOVERED;
    }
    Owners owners = Owners.of(group);
    long youngest = group.hasRecoveries() ? now - OLD : now;
    int abandoned = owners.abandoned(youngest);
    group.abandoned = abandoned;
    boolean rose = group.rises.record(abandoned, now);
    boolean multiplied = group.multiplied.record(owners.abandoned(now), now);
    if (rose) {
      group.rose();
    }
    if (group.verdict() == Verdict.GROWING && staysGrowing(group, owners, abandoned, now)) {
      return Verdict.GROWING;
    }
    int needed = RISES + lanes - 1 + (isWarmUp(group, look) ? 1 : 0);
    boolean grows =
        group.turnsOver
            || (group.isVirtual() && owners.births(youngest) >= needed)
            || (rose && group.rises.rises() >= needed)
            || (multiplied && group.multiplied.rises() >= needed + RESTARTS);
    if ((grows && !mayBeLoops(group, owners)) || isStuck(group)) {
      return Verdict.GROWING;
    }
    boolean isBounded = group.isDecided() || owners.anyGrewLater() || owners.anyInUse();
    return isBounded ? Verdict.BOUNDED : Verdict.ESCAPED;
  }

  /** Says whether so many rises are enough for work that was left undone. */
  static boolean confirmsWork(Rises rises, int lanes) {
    return rises.rises() >= RISES + lanes - 1;
  }

  /** Says whether so many rises are enough for threads that restart all the time. */
  static boolean confirmsTurnover(Rises rises, int lanes) {
    return rises.rises() >= RISES + RESTARTS + lanes - 1;
  }

  private static boolean isWarmUp(Group group, Look look) {
    return look.now() - look.first() < WARM_UP && group.diagnosis.role() != Role.WORK;
  }

  /**
   * A confirmed leak stays one while its threads live, with two exceptions: somebody uses them
   * after all, or they come and go on a plateau.
   */
  private static boolean staysGrowing(Group group, Owners owners, int abandoned, long now) {
    if (isStuck(group)) {
      return true;
    }
    boolean onPlateau = now - group.rises.last() >= PLATEAU;
    boolean comeAndGo = group.recoveredSinceRise() >= Math.max(RISES, group.living().size());
    boolean used = owners.anyInUse() && abandoned < RISES;
    return !used && !(onPlateau && comeAndGo);
  }

  /**
   * Event loops show no owner, and one group of them may start its threads one by one: up to two
   * per processor, as the common libraries have them, numbered threads may be of one group.
   */
  private static boolean mayBeLoops(Group group, Owners owners) {
    return LOOPS.contains(group.diagnosis.kind())
        && owners.areNumberedThreads()
        && owners.count() <= 2 * Runtime.getRuntime().availableProcessors();
  }

  /** Stuck without growth: a worker that waits for what never comes, in the midst of its task. */
  private static boolean isStuck(Group group) {
    for (Suspect suspect : group.living()) {
      if (suspect.atWork && suspect.stuck) {
        return true;
      }
    }
    return false;
  }
}
