package io.leakguard;

/** A thread of the guard's own; its class tells, since a name could be anybody's. */
final class GuardThread extends Thread {
  /** Much more than a first look needs: on JDK 21 and 25 one gets by with 64 KB (tried). */
  private static final long STACK_BYTES = 256 << 10;

  GuardThread(Runnable work, String name) {
    super(null, work, name, STACK_BYTES, false);
    setDaemon(true);
    setContextClassLoader(null);
  }
}
