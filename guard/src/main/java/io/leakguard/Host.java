package io.leakguard;

import java.io.PrintStream;
import java.time.Instant;

/**
 * What the guard takes from the process around it: the only place that waits, prints or looks at a
 * clock, so that tests need none of it.
 *
 * <p>Named classes and no lambdas here and wherever a first invocation passes: linking the first
 * lambda of a JVM costs more cold start than everything else the guard does then.
 */
interface Host {
  /** Returns an environment variable; null where it is not set. */
  String variable(String name);

  /** Returns the nanoseconds since some fixed moment, as {@link System#nanoTime()}. */
  long nanoTime();

  /** Waits about so many nanoseconds; the interrupt flag is afterwards as it was before. */
  void pause(long nanos);

  /** Returns the time of day. */
  Instant now();

  /** Returns where metric lines go; asked each time, since a runtime may replace it. */
  PrintStream out();

  /** Writes a line for people, outside any invocation. */
  void log(String line);

  /** Returns the process that this runs in. */
  static Host system() {
    return new SystemHost();
  }
}
