package io.leakguard;

/**
 * Knows who created which thread, from the moment it is armed.
 *
 * <p>Needs neither agent nor reflection: the thread that runs an invocation carries an inheritable
 * value, and the JDK asks what a new thread is to inherit on the creating thread, inside the
 * constructor. What a thread inherits it hands down too, so everything that an invocation starts,
 * directly or not, is charged to it.
 *
 * <p>Not seen are threads that inherit nothing (the JDK's own innocuous threads, factories that say
 * so), and what is created by threads that began before the arming. About them, and where two
 * threads were created at the same moment, nothing is said. Thread-safe.
 */
final class Origins {
  private static final HandedDown CURRENT = new HandedDown();

  /** Null until armed. */
  private static volatile CreationIndex index;

  private Origins() {}

  /** Begins to record creations in the scopes that are entered. */
  static synchronized void arm() {
    if (index == null) {
      index = CreationIndex.calibrated();
    }
  }

  static boolean isArmed() {
    return index != null;
  }

  /**
   * Begins an invocation on the current thread; does nothing unless armed.
   *
   * @param requestId the request id; null counts as empty
   * @param invocation its number, at least 1
   */
  static void enter(String requestId, long invocation) {
    if (isArmed()) {
      open(requestId, invocation);
    }
  }

  /** Ends the invocation that was entered on the current thread; does nothing without one. */
  static void leave() {
    if (CURRENT.get() instanceof OriginScope scope && scope.isInvocation()) {
      close(scope);
    }
  }

  /** Begins a scope on the current thread, inside of what is there. */
  static OriginScope open(String name, long number) {
    return put(new OriginScope(name, number, CURRENT.get()));
  }

  /** Begins the scope of a check on the current thread. */
  static OriginScope openCheck(String name) {
    return put(new OriginScope(name, CURRENT.get(), null));
  }

  /** Begins a part of a check on the current thread, which may be another one than the check's. */
  static OriginScope openPart(String name, OriginScope check) {
    return put(new OriginScope(name, CURRENT.get(), check));
  }

  private static OriginScope put(OriginScope scope) {
    CURRENT.set(scope);
    return scope;
  }

  /** Ends a scope; if it is the current thread's, that goes on with what it had before. */
  static void close(OriginScope scope) {
    scope.end();
    Lineage running = OriginScope.firstRunning(CURRENT.get());
    if (running == null) {
      CURRENT.remove();
    } else {
      CURRENT.set(running);
    }
  }

  /** Returns the scope that the current thread was created in or has entered; null for none. */
  static OriginScope current() {
    Lineage lineage = CURRENT.get();
    return lineage == null ? null : lineage.scope();
  }

  /**
   * Labels what the current scope creates from now on.
   *
   * @param value null to take the label away
   * @return false if the current thread is in no scope
   */
  static boolean label(String key, String value) {
    OriginScope scope = current();
    if (scope == null || scope.isOver()) {
      return false;
    }
    scope.label(key, value);
    return true;
  }

  /**
   * Returns the origin of a live thread; null where it is not known for certain. To be asked soon
   * and once: only the newest creations are remembered.
   */
  static Origin of(Thread thread) {
    Creation creation = creationOf(thread);
    return creation == null ? null : creation.origin();
  }

  /** Returns the origin of the live virtual thread of this id; null where it is not certain. */
  static Origin ofVirtual(long id) {
    CreationIndex creations = index;
    Creation creation = creations == null ? null : creations.find(id);
    return creation == null ? null : creation.origin();
  }

  /** As {@link #of}, but with the scope itself. */
  static Creation creationOf(Thread thread) {
    return inheritsNothing(thread) ? null : creationOf(thread.getId());
  }

  /** Returns the creation of a thread that may be a virtual one; null where it is not certain. */
  static Creation creationOf(long threadId) {
    CreationIndex creations = index;
    return creations == null ? null : creations.find(threadId);
  }

  /** The JDK's innocuous threads are never asked about inheritance: a match would be a mistake. */
  private static boolean inheritsNothing(Thread thread) {
    ThreadGroup group = thread.getThreadGroup();
    return group != null && group.getName().startsWith("Innocuous");
  }

  /** What the current thread hands down to the threads it creates. */
  private static final class HandedDown extends InheritableThreadLocal<Lineage> {
    @Override
    protected Lineage childValue(Lineage parent) {
      CreationIndex creations = index;
      if (parent == null || creations == null) {
        return null;
      }
      try {
        if (parent instanceof Creation own) {
          creations.confirm(own, Thread.currentThread().getId());
        }
        return creations.add(parent);
      } catch (Throwable failure) {
        // It is the user's thread that is being created: nothing may go wrong here.
        return null;
      }
    }
  }
}
