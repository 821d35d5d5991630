package io.leakguard.chaos.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameParserTest {
  private static final int TEXT = 0xa55a0003;

  private final List<String> messages = new ArrayList<>();
  private final FrameParser parser = new FrameParser(messages::add);

  private static byte[] frame(String message) {
    byte[] text = message.getBytes(UTF_8);
    return ByteBuffer.allocate(16 + text.length)
        .putInt(TEXT)
        .putInt(text.length)
        .putLong(1_700_000_000_000_000L)
        .put(text)
        .array();
  }

  private void feed(byte[] bytes) {
    parser.feed(bytes, 0, bytes.length);
  }

  private static byte[] concat(byte[]... parts) {
    ByteBuffer all = ByteBuffer.allocate(100_000);
    for (byte[] part : parts) {
      all.put(part);
    }
    byte[] result = new byte[all.flip().remaining()];
    all.get(result);
    return result;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 16, 17, 1000})
  void feed_inPiecesOfAnySize_givesTheSameMessages(int size) {
    byte[] bytes = concat(frame("one\ntwo\n"), frame(""), frame("drei ä"));
    for (int i = 0; i < bytes.length; i += size) {
      parser.feed(bytes, i, Math.min(size, bytes.length - i));
    }
    assertThat(messages).containsExactly("one\ntwo\n", "", "drei ä");
  }

  @Test
  void feed_somethingElseBetweenFrames_isSkipped() {
    feed(
        concat(
            "noise".getBytes(UTF_8),
            frame("a"),
            new byte[] {(byte) 0xa5, (byte) 0xa5},
            frame("b")));
    // The stray A5 A5 is followed by a frame: the second of them must not be lost as a beginning.
    assertThat(messages).containsExactly("a", "b");
  }

  @Test
  void feed_tooLongAMessage_isCutAndTheNextIsWhole() {
    feed(frame("x".repeat(3 * LineSplitter.LONGEST)));
    feed(frame("next"));
    assertThat(messages).containsExactly("x".repeat(LineSplitter.LONGEST), "next");
  }

  @Test
  void finish_inTheMiddleOfAMessage_givesWhatThereIs() {
    parser.feed(frame("abcdef"), 0, 19);
    assertThat(messages).isEmpty();
    parser.finish();
    assertThat(messages).containsExactly("abc");
  }
}
