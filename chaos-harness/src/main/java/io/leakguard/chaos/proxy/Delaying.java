package io.leakguard.chaos.proxy;

import java.util.random.RandomGenerator;

/** Every chunk is held for a while since it was read. An end is not, once it is its turn. */
final class Delaying implements Behaviour {
  private final ToxicKind.Latency toxic;
  private final RandomGenerator random;
  private Chunk held;
  private long due;

  Delaying(ToxicKind.Latency toxic, RandomGenerator random) {
    this.toxic = toxic;
    this.random = random;
  }

  @Override
  public boolean step(Inlet in, Outlet out) {
    if (held == null) {
      held = in.take();
      if (held == null) {
        return in.passEnd(out);
      }
      due = held.at() + delay();
      return true;
    }
    if (!in.reached(due) || !out.hasRoom()) {
      return false;
    }
    // A second delay in the chain counts from here.
    out.accept(held.movedTo(due));
    held = null;
    return true;
  }

  private long delay() {
    long millis = toxic.latency();
    if (toxic.jitter() > 0) {
      long jitter = Math.min(toxic.jitter(), Nanos.MOST_MILLIS);
      millis += random.nextLong(2 * jitter) - jitter;
    }
    return Nanos.ofMillis(millis);
  }

  @Override
  public void interrupt(Outlet out) {
    if (held != null) {
      out.accept(held);
    }
  }
}
