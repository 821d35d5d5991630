package io.leakguard.chaos;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * Progress on standard error: one line for each thing that is done and, where there is a terminal,
 * a last line that says what goes on and is drawn over. Thread-safe.
 */
final class Console {
  private static final String CLEAR_LINE = "\r\u001b[K";

  private final PrintWriter err;
  private final boolean terminal;
  private final UnaryOperator<String> masking;
  private final long start = System.nanoTime();

  /**
   * A console.
   *
   * @param masking takes secrets out of a line
   */
  Console(PrintWriter err, boolean terminal, UnaryOperator<String> masking) {
    this.err = err;
    this.terminal = terminal;
    this.masking = masking;
  }

  /** A line that stays. */
  synchronized void line(String text) {
    String shown = masking.apply(text);
    err.print(terminal ? CLEAR_LINE + shown + "\n" : shown + "\n");
    err.flush();
  }

  /** What goes on now; shown only where there is a terminal. */
  synchronized void status(String text) {
    if (terminal) {
      err.print(CLEAR_LINE + "  " + elapsed() + "  " + text);
      err.flush();
    }
  }

  /** Takes the status away. */
  synchronized void clear() {
    if (terminal) {
      err.print(CLEAR_LINE);
      err.flush();
    }
  }

  private String elapsed() {
    Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
    return String.format(Locale.ROOT, "%d:%02d", elapsed.toMinutes(), elapsed.toSecondsPart());
  }
}
