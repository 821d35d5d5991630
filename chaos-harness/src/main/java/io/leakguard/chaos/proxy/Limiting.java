package io.leakguard.chaos.proxy;

/** So many bytes pass, then the connection is closed. */
final class Limiting implements Behaviour {
  private final long bytes;

  Limiting(ToxicKind.LimitData toxic) {
    bytes = toxic.bytes();
  }

  @Override
  public boolean step(Inlet in, Outlet out) {
    if (!out.hasRoom()) {
      return false;
    }
    Chunk chunk = in.take();
    if (chunk == null) {
      return in.passEnd(out);
    }
    int passing = (int) Math.max(0, Math.min(bytes - in.passed(), chunk.length()));
    if (passing > 0) {
      out.accept(chunk.part(0, passing));
      in.addPassed(passing);
    }
    if (in.passed() >= bytes) {
      in.finish(out, End.CLOSE);
    }
    return true;
  }
}
