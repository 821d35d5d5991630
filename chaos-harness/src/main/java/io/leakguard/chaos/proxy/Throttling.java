package io.leakguard.chaos.proxy;

import java.util.concurrent.TimeUnit;

/**
 * Chunks pass at a limited rate, in pieces of a tenth of a second. At rate 0 nothing passes, and
 * nothing is lost.
 */
final class Throttling implements Behaviour {
  private static final long PIECE_MILLIS = 100;
  private static final long PIECE_NANOS = TimeUnit.MILLISECONDS.toNanos(PIECE_MILLIS);

  private final long rate;
  private final long piece;
  private Chunk held;

  /** What is to be waited for the held bytes, less what earlier waits took too long. */
  private long owed;

  private long start;

  Throttling(ToxicKind.Bandwidth toxic) {
    rate = Math.max(0, Math.min(toxic.rate(), Integer.MAX_VALUE));
    piece = rate * PIECE_MILLIS;
  }

  @Override
  public boolean step(Inlet in, Outlet out) {
    if (held == null) {
      held = in.take();
      if (held == null) {
        return in.passEnd(out);
      }
      // Bytes per millisecond are kilobytes per second.
      owed = rate == 0 ? 0 : owed + held.length() * TimeUnit.MILLISECONDS.toNanos(1) / rate;
      start = in.now();
      return true;
    }
    if (rate == 0) {
      return false;
    }
    return held.length() > piece ? sendPiece(in, out) : sendRest(in, out);
  }

  private boolean sendPiece(Inlet in, Outlet out) {
    if (!in.reached(start + PIECE_NANOS) || !out.hasRoom()) {
      return false;
    }
    out.accept(held.part(0, (int) piece));
    held = held.part((int) piece, held.length());
    owed -= PIECE_NANOS;
    start = in.now();
    return true;
  }

  private boolean sendRest(Inlet in, Outlet out) {
    if (!in.reached(start + Math.max(0, owed)) || !out.hasRoom()) {
      return false;
    }
    owed -= in.now() - start;
    out.accept(held);
    held = null;
    return true;
  }

  @Override
  public void interrupt(Outlet out) {
    if (held != null) {
      out.accept(held);
    }
  }
}
