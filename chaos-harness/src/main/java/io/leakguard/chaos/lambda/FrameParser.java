package io.leakguard.chaos.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/**
 * Reads the framed log of the runtime client: four bytes of type, of which the first two are A5 5A,
 * four bytes of length, eight bytes of time in microseconds, all big-endian, then the message. In
 * bounded memory: what exceeds {@link LineSplitter#LONGEST} is dropped. Not thread-safe.
 */
final class FrameParser {
  private static final int HEADER = 16;
  private static final int MAGIC = 0xa55a;

  private final Consumer<String> messages;
  private final ByteBuffer header = ByteBuffer.allocate(HEADER);
  private final ByteArrayOutputStream message = new ByteArrayOutputStream();
  private long remaining = -1;

  FrameParser(Consumer<String> messages) {
    this.messages = messages;
  }

  void feed(byte[] bytes, int offset, int length) {
    int position = offset;
    int end = offset + length;
    while (position < end) {
      if (remaining < 0) {
        header.put(bytes[position++]);
        readHeader();
      } else {
        int part = (int) Math.min(remaining, end - position);
        message.write(bytes, position, Math.min(part, LineSplitter.LONGEST - message.size()));
        position += part;
        remaining -= part;
      }
      if (remaining == 0) {
        emit();
      }
    }
  }

  /** The stream has ended: a message that was cut short is better than none. */
  void finish() {
    if (message.size() > 0) {
      emit();
    }
  }

  private void readHeader() {
    // Somebody else can write to the descriptor: look for the next place where a frame can begin.
    if (header.position() == 2 && (header.getShort(0) & 0xffff) != MAGIC) {
      byte second = header.get(1);
      header.clear().put(second);
    }
    if (header.position() == HEADER) {
      remaining = header.getInt(4) & 0xffff_ffffL;
      header.clear();
    }
  }

  private void emit() {
    String text = message.toString(UTF_8);
    message.reset();
    remaining = -1;
    messages.accept(text);
  }
}
