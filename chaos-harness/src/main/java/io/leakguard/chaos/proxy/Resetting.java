package io.leakguard.chaos.proxy;

/**
 * The connection is closed some time after the first chunk, or the end, of this direction. Whether
 * it is reset by that is a matter of how it was opened; see {@link Connection}.
 */
final class Resetting implements Behaviour {
  private final long timeout;
  private boolean doomed;
  private long due;

  Resetting(ToxicKind.ResetPeer toxic) {
    timeout = Nanos.ofMillis(toxic.timeout());
  }

  @Override
  public boolean step(Inlet in, Outlet out) {
    if (!doomed) {
      doomed = in.take() != null || in.ended() != null;
      due = in.now() + timeout;
    }
    if (!doomed || !in.reached(due)) {
      return false;
    }
    in.finish(out, End.CLOSE);
    return true;
  }

  /** The original's wait cannot be interrupted: such a connection is lost, whatever comes. */
  @Override
  public boolean interruptible() {
    return !doomed;
  }
}
