package io.leakguard.example;

import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.function.LongSupplier;

/** The moment by which an invocation wants to have its answer, whatever it still has to ask. */
final class Deadline {

  private final LongSupplier nanoClock;
  private final long endNanos;

  Deadline(Duration budget, LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
    this.endNanos = nanoClock.getAsLong() + budget.toNanos();
  }

  static Deadline in(Duration budget) {
    return new Deadline(budget, System::nanoTime);
  }

  /**
   * The time left for one blocking step, in milliseconds, at least 1: to the socket API 0 means
   * forever.
   *
   * @throws SocketTimeoutException if the deadline has passed
   */
  int millisLeft(Duration atMost) throws SocketTimeoutException {
    check();
    long left = Duration.ofNanos(endNanos - nanoClock.getAsLong()).toMillis();
    return (int) Math.max(1, Math.min(atMost.toMillis(), left));
  }

  /**
   * Passes while there is time left.
   *
   * @throws SocketTimeoutException if the deadline has passed
   */
  void check() throws SocketTimeoutException {
    if (endNanos - nanoClock.getAsLong() <= 0) {
      throw new SocketTimeoutException("no time left to ask the inventory");
    }
  }
}
