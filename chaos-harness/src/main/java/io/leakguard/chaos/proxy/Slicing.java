package io.leakguard.chaos.proxy;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.random.RandomGenerator;

/** Chunks are cut into slices, with a pause after each. */
final class Slicing implements Behaviour {
  private final int average;
  private final int variation;
  private final long pause;
  private final RandomGenerator random;
  private final Deque<Chunk> slices = new ArrayDeque<>();
  private boolean pausing;
  private long due;

  Slicing(ToxicKind.Slicer toxic, RandomGenerator random) {
    average = (int) Math.max(1, Math.min(toxic.averageSize(), Chunk.LARGEST));
    variation = (int) Math.max(0, Math.min(toxic.sizeVariation(), Chunk.LARGEST));
    pause = Nanos.ofMicros(toxic.delay());
    this.random = random;
  }

  @Override
  public boolean step(Inlet in, Outlet out) {
    if (pausing && !in.reached(due)) {
      return false;
    }
    pausing = false;
    if (slices.isEmpty()) {
      Chunk chunk = in.take();
      if (chunk == null) {
        return in.passEnd(out);
      }
      slice(chunk, 0, chunk.length());
      return true;
    }
    if (!out.hasRoom()) {
      return false;
    }
    out.accept(slices.poll());
    pausing = true;
    due = in.now() + pause;
    return true;
  }

  /** Halves until a half is of average size, so that no slice is small by its place. */
  private void slice(Chunk chunk, int from, int to) {
    if (to - from - average <= variation) {
      slices.add(chunk.part(from, to));
      return;
    }
    int middle = from + (to - from) / 2;
    if (variation > 0) {
      middle += random.nextInt(2 * variation) - variation;
    }
    middle = Math.max(from + 1, Math.min(middle, to - 1));
    slice(chunk, from, middle);
    slice(chunk, middle, to);
  }

  @Override
  public void interrupt(Outlet out) {
    slices.forEach(out::accept);
  }
}
