package io.leakguard;

import io.leakguard.diagnosis.Owner;
import io.leakguard.diagnosis.SafeText;
import java.util.concurrent.locks.LockSupport;

/**
 * A thread that outlived its invocation, as a member of a group.
 *
 * <p>Guarded by the monitor's check lock.
 */
final class Suspect {
  static final int LONGEST_NAME = 120;

  /** Null for a virtual thread: those are not in the roster. */
  final Sighting sighting;

  final String name;

  /** The number of the invocation that left it, or in which it got stuck. */
  final long birth;

  final String requestId;

  /** Who created it; null where that is not known. */
  final Origin origin;

  final boolean isDaemon;

  Group group;
  Owner owner;

  /** A worker of one of the JDK's pools, idle or at work. */
  boolean ofAPool;

  /** A worker of a pool that is in the middle of a task. */
  boolean atWork;

  /** It was seen to wait for its pool's next task: no service that lives on its worker. */
  boolean wasIdle;

  /** At work on something that will not come to an end by itself. */
  boolean hopeless;

  /** It has stood there for long, and nothing speaks for a service that lives on its worker. */
  boolean stuck;

  /** The identity of what it was parked on without a time limit; 0 for nothing. */
  private int parkedOn;

  /** The processor time it had when it was last seen to move; below 0 where that is not known. */
  long cpuNanos = -1;

  /** The invocation in which it was last seen to move. */
  long silentSince;

  /** The invocation at whose end it was last looked at. */
  long lookedAt;

  /** At how many later ends of invocations it stood in the same frames. */
  int steady;

  /** How often it had waited when it was last looked at; below 0 where that is not known. */
  long waits = -1;

  /** It was handed work after its own invocation: somebody still knows its pool. */
  boolean reused;

  Suspect(Sighting sighting, Thread thread, Traits traits, long birth) {
    this.sighting = sighting;
    this.name = SafeText.of(thread.getName(), LONGEST_NAME);
    this.birth = birth;
    this.origin = sighting.origin;
    this.requestId =
        origin == null || origin.scope().isEmpty() ? sighting.requestId : origin.scope();
    this.isDaemon = thread.isDaemon();
    look(thread, traits);
  }

  /** A virtual thread: nothing but its listing is at hand, so it answers for itself. */
  Suspect(Virtual virtual, Origin origin) {
    this.sighting = null;
    this.name = SafeText.of(virtual.facts().name(), LONGEST_NAME);
    this.birth = virtual.birth();
    this.origin = origin;
    this.requestId = origin == null || origin.scope().isEmpty() ? null : origin.scope();
    this.isDaemon = true;
    this.owner = Owner.alone(this);
  }

  boolean isVirtual() {
    return sighting == null;
  }

  /**
   * Takes in what the thread looks like now.
   *
   * @return whether it is parked on another object than before: it has moved, even if its frames
   *     are the same
   */
  boolean look(Thread thread, Traits traits) {
    owner = Owner.of(thread, traits.idle());
    ofAPool = traits.ofAPool();
    atWork = ofAPool && !traits.idle();
    wasIdle |= traits.waitsForTask();
    Object blocker =
        thread.getState() == Thread.State.WAITING ? LockSupport.getBlocker(thread) : null;
    int before = parkedOn;
    parkedOn = System.identityHashCode(blocker);
    return before != 0 && parkedOn != 0 && before != parkedOn;
  }

  Thread thread() {
    return sighting == null ? null : sighting.get();
  }
}
