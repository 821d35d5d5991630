package io.leakguard;

/** What is held of a group of threads. */
enum Verdict {
  /** Alive after its invocation for the first time; whether it is a leak is not decided. */
  ESCAPED,
  /** Owners born in several invocations are alive together: a confirmed leak. */
  GROWING,
  /** Later threads joined an owner that was there: a pool that warms up. */
  BOUNDED,
  /** All threads of a reported group have ended. */
  RECOVERED
}
