package io.leakguard.chaos.proxy;

import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import java.util.Arrays;

/** Bytes as they were read at once, and when: on the clock of {@link System#nanoTime()}. */
final class Chunk {
  /** As much as the original reads at once, so that delays per chunk are the same. */
  static final int LARGEST = 32 * 1024;

  private final byte[] bytes;
  private final long at;

  Chunk(byte[] bytes, long at) {
    this.bytes = bytes;
    this.at = at;
  }

  /** Has a socket read one chunk when it is asked to, so that little is in flight. */
  static RecvByteBufAllocator allocator() {
    return new FixedRecvByteBufAllocator(LARGEST).maxMessagesPerRead(1);
  }

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return bytes.length;
  }

  long at() {
    return at;
  }

  Chunk part(int from, int to) {
    return new Chunk(Arrays.copyOfRange(bytes, from, to), at);
  }

  Chunk movedTo(long time) {
    return new Chunk(bytes, time);
  }
}
