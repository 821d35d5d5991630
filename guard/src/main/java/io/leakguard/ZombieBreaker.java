package io.leakguard;

/**
 * Ends a JVM that serves no more: Lambda's runtime client leaves its loop after an {@code
 * OutOfMemoryError}, but threads that are no daemons keep the JVM alive, and each further
 * invocation runs into its timeout.
 *
 * <p>A thread of its own waits for the end of the thread that runs the loop. It is started with the
 * first confirmed leak: without one there is nothing to end, and when there is no memory it is too
 * late. With several lanes the client does not leave its loops, so there it is never started.
 */
final class ZombieBreaker implements Runnable {
  private static final String NAME = "leakguard-breaker";
  private static final String CLIENT = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";

  /** Long enough for pools that are being closed; nobody asks for the next event any more. */
  private static final long GRACE_NANOS = 500_000_000;

  private static boolean armed;

  private final Thread loop;
  private final Host host;

  private ZombieBreaker(Thread loop, Host host) {
    this.loop = loop;
    this.host = host;
  }

  /** Waits from now on for the end of the current thread, if that runs the client's only loop. */
  static synchronized void arm(Host host) {
    Thread current = Thread.currentThread();
    if (armed || !runsTheOnlyLoop(current)) {
      return;
    }
    armed = true;
    new GuardThread(new ZombieBreaker(current, host), NAME).start();
  }

  /** A lane of several has no {@code main} below it. */
  private static boolean runsTheOnlyLoop(Thread thread) {
    for (StackTraceElement frame : thread.getStackTrace()) {
      if (frame.getClassName().equals(CLIENT) && frame.getMethodName().equals("main")) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void run() {
    try {
      loop.join();
    } catch (InterruptedException e) {
      // Somebody interrupts every thread there is: the JVM ends by itself or is left alone.
      return;
    }
    host.pause(GRACE_NANOS);
    int alive = keepingAlive();
    if (alive == 0) {
      return;
    }
    try {
      host.log(
          "LeakGuard: the runtime has left its loop and "
              + alive
              + " leaked threads keep the JVM alive; it is ended now");
    } finally {
      Runtime.getRuntime().halt(1);
    }
  }

  private static int keepingAlive() {
    int count = 0;
    for (Thread thread : LiveThreads.now()) {
      if (!thread.isDaemon() && !thread.getName().equals("DestroyJavaVM")) {
        count++;
      }
    }
    return count;
  }
}
