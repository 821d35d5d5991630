package io.leakguard.chaos.proxy;

/** Nothing is disturbed. */
final class Passing implements Behaviour {
  @Override
  public boolean step(Inlet in, Outlet out) {
    if (!out.hasRoom()) {
      return false;
    }
    Chunk chunk = in.take();
    if (chunk == null) {
      return in.passEnd(out);
    }
    out.accept(chunk);
    return true;
  }
}
