package io.leakguard.chaos.proxy;

/**
 * All data is dropped, and the connection closed when none came for a while; with a timeout of 0 it
 * never is.
 */
final class Dropping implements Behaviour {
  private final long timeout;
  private boolean started;
  private long due;

  Dropping(ToxicKind.Timeout toxic) {
    timeout = Nanos.ofMillis(toxic.timeout());
  }

  @Override
  public boolean step(Inlet in, Outlet out) {
    boolean moved = in.take() != null;
    if (moved || !started) {
      started = true;
      due = in.now() + timeout;
    }
    if (moved || in.passEnd(out)) {
      return true;
    }
    if (timeout == 0 || !in.reached(due)) {
      return false;
    }
    in.finish(out, End.CLOSE);
    return true;
  }
}
