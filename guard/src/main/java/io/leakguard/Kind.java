package io.leakguard;

import java.util.Locale;

/** What a finding is about; the reports use the names in lower case. */
enum Kind {
  /** A thread that outlived its invocation. */
  THREAD,
  /** The same, of a virtual thread. */
  VIRTUAL_THREAD,
  /** A pool's worker that stands still in the midst of a task. */
  STUCK,
  /** Code that runs on when its invocation is over. */
  BOUNDARY;

  /** Returns the name in reports, as {@code virtual-thread}. */
  String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
