package io.leakguard.chaos.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * One direction of a connection: bytes of a source pass the stages of all toxics, in the order of
 * their making, and go to a sink. A sink that takes nothing stops the source. Confined to the
 * thread of connections.
 */
final class Link {
  private static final long NEVER = Long.MAX_VALUE;

  private final Channel source;
  private final SocketOutlet sink;
  private final RandomGenerator random;
  private final List<Stage> stages = new ArrayList<>();
  private boolean sourceEnded;
  private boolean reading;
  private boolean pumping;
  private boolean again;
  private long now;

  /** Nanoseconds from now until a stage wants to be asked again. */
  private long wait;

  private ScheduledFuture<?> timer;

  Link(Channel source, SocketOutlet sink, List<Toxic> toxics, RandomGenerator random) {
    this.source = source;
    this.sink = sink;
    this.random = random;
    stages.add(new Stage(null, this));
    toxics.forEach(toxic -> stages.add(new Stage(toxic, this)));
  }

  RandomGenerator random() {
    return random;
  }

  /** The source has sent something. */
  void received(ByteBuf bytes) {
    long at = System.nanoTime();
    while (bytes.isReadable()) {
      int length = Math.min(bytes.readableBytes(), Chunk.LARGEST);
      byte[] part = ByteBufUtil.getBytes(bytes, bytes.readerIndex(), length);
      bytes.skipBytes(length);
      stages.get(0).accept(new Chunk(part, at));
    }
  }

  /** The source was asked to read and has sent all there was. */
  void readComplete() {
    reading = false;
    pump();
  }

  /** The source sends no more. */
  void sourceEnded(End how) {
    sourceEnded = true;
    stages.get(0).end(how);
    pump();
  }

  /** Adds a toxic at the end of the chain. */
  void add(Toxic toxic) {
    change(
        () -> {
          stages.get(stages.size() - 1).restart(sink);
          stages.add(new Stage(toxic, this));
        });
  }

  /** A toxic was changed. */
  void update(Toxic toxic) {
    int i = indexOf(toxic);
    if (i > 0) {
      change(() -> stages.get(i).restart(outlet(i)));
    }
  }

  /** Takes a toxic out of the chain; what it holds goes on at once. */
  void remove(Toxic toxic) {
    int i = indexOf(toxic);
    if (i > 0) {
      change(() -> remove(i));
    }
  }

  private void remove(int i) {
    if (stages.get(i).remove(outlet(i))) {
      stages.remove(i);
      // What the one before it holds comes behind what this one held.
      stages.get(i - 1).restart(outlet(i - 1));
    }
  }

  private int indexOf(Toxic toxic) {
    for (int i = 1; i < stages.size(); i++) {
      if (stages.get(i).toxic() == toxic) {
        return i;
      }
    }
    return -1;
  }

  private void change(Runnable change) {
    // A write that completes at once asks for a pump, which must not see a half-changed chain.
    pumping = true;
    try {
      change.run();
    } finally {
      pumping = false;
    }
    pump();
  }

  private Outlet outlet(int stage) {
    return stage + 1 < stages.size() ? stages.get(stage + 1) : sink;
  }

  boolean reached(long time) {
    long left = time - now;
    if (left > 0) {
      wait = Math.min(wait, left);
    }
    return left <= 0;
  }

  /** Moves whatever can be moved. */
  void pump() {
    again = true;
    if (pumping) {
      return;
    }
    pumping = true;
    try {
      while (again) {
        again = false;
        wait = NEVER;
        now = System.nanoTime();
        for (int i = stages.size() - 1; i >= 0; i--) {
          again |= stages.get(i).step(outlet(i));
        }
      }
    } finally {
      pumping = false;
    }
    wakeLater();
    readOn();
  }

  private void wakeLater() {
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
    if (wait != NEVER) {
      timer = source.eventLoop().schedule(this::pump, wait, TimeUnit.NANOSECONDS);
    }
  }

  private void readOn() {
    if (!sourceEnded && !reading && stages.get(0).hasRoom()) {
      reading = true;
      source.read();
    }
  }
}
