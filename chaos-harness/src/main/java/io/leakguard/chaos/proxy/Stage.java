package io.leakguard.chaos.proxy;

import java.util.ArrayDeque;
import java.util.Deque;

/** One toxic at work in one direction of one connection, with what waits for it. */
final class Stage implements Outlet, Inlet {
  private final Deque<Chunk> input = new ArrayDeque<>();
  private final Toxic toxic;
  private final Link link;
  private Behaviour behaviour;
  private End ended;
  private boolean finished;
  private long passed;

  /**
   * A stage at work.
   *
   * @param toxic null for the first of a chain, which only passes
   */
  Stage(Toxic toxic, Link link) {
    this.toxic = toxic;
    this.link = link;
    begin();
  }

  Toxic toxic() {
    return toxic;
  }

  private void begin() {
    behaviour = toxic == null ? new Passing() : toxic.begin(link.random());
  }

  /** Does one thing at most; true when something moved. */
  boolean step(Outlet out) {
    return !finished && behaviour.step(this, out);
  }

  /** Interrupts and begins anew, with a new roll; what is held goes on at once. */
  void restart(Outlet out) {
    if (!finished && behaviour.interruptible()) {
      behaviour.interrupt(out);
      begin();
    }
  }

  /**
   * Interrupts for good.
   *
   * @return false when it cannot be interrupted any more
   */
  boolean remove(Outlet out) {
    if (finished || !behaviour.interruptible()) {
      return false;
    }
    behaviour.interrupt(out);
    if (toxic.kind() instanceof ToxicKind.Timeout) {
      // Bytes are missing on this connection: going on would be worse than its end.
      finish(out, End.CLOSE);
      return true;
    }
    while (!input.isEmpty()) {
      out.accept(input.poll());
    }
    if (ended != null) {
      finish(out, ended);
    }
    return true;
  }

  @Override
  public boolean hasRoom() {
    int buffer = toxic == null ? 0 : toxic.kind().buffer();
    return !finished && input.size() <= buffer;
  }

  @Override
  public void accept(Chunk chunk) {
    if (!finished) {
      input.add(chunk);
    }
  }

  @Override
  public void end(End how) {
    if (ended == null) {
      ended = how;
    }
  }

  @Override
  public Chunk take() {
    return input.poll();
  }

  @Override
  public End ended() {
    return input.isEmpty() ? ended : null;
  }

  @Override
  public void finish(Outlet out, End how) {
    finished = true;
    input.clear();
    out.end(how);
  }

  @Override
  public long now() {
    return System.nanoTime();
  }

  @Override
  public boolean reached(long time) {
    return link.reached(time);
  }

  @Override
  public long passed() {
    return passed;
  }

  @Override
  public void addPassed(long bytes) {
    passed += bytes;
  }
}
