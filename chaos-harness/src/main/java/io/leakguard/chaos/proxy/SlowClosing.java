package io.leakguard.chaos.proxy;

/** Data passes; the end comes later. */
final class SlowClosing implements Behaviour {
  private final long delay;
  private boolean closing;
  private long due;

  SlowClosing(ToxicKind.SlowClose toxic) {
    delay = Nanos.ofMillis(toxic.delay());
  }

  @Override
  public boolean step(Inlet in, Outlet out) {
    if (!out.hasRoom()) {
      return false;
    }
    Chunk chunk = in.take();
    if (chunk != null) {
      out.accept(chunk);
      return true;
    }
    if (in.ended() == null) {
      return false;
    }
    if (!closing) {
      closing = true;
      due = in.now() + delay;
    }
    return in.reached(due) && in.passEnd(out);
  }
}
