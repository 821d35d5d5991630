package io.leakguard.chaos.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineSplitterTest {
  private final List<String> lines = new ArrayList<>();
  private final LineSplitter splitter = new LineSplitter(lines::add);

  private void feed(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    splitter.feed(bytes, 0, bytes.length);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 100})
  void feed_inPiecesOfAnySize_givesTheSameLines(int size) {
    byte[] bytes = "eins\n\nzwei ä€\uD83D\uDE00\nrest".getBytes(UTF_8);
    for (int i = 0; i < bytes.length; i += size) {
      splitter.feed(bytes, i, Math.min(size, bytes.length - i));
    }
    assertThat(lines).containsExactly("eins", "", "zwei ä€\uD83D\uDE00");
    splitter.finish();
    assertThat(lines).endsWith("rest").hasSize(4);
  }

  @Test
  void finish_afterACompleteLine_addsNothing() {
    feed("a\n");
    splitter.finish();
    assertThat(lines).containsExactly("a");
  }

  @Test
  void feed_tooLongALine_isCutAndTheNextIsWhole() {
    feed("x".repeat(LineSplitter.LONGEST));
    feed("y".repeat(10 * LineSplitter.LONGEST));
    feed("\nnext\n");
    assertThat(lines).containsExactly("x".repeat(LineSplitter.LONGEST), "next");
  }

  @Test
  void feed_carriageReturnAndInvalidUtf8_arePassedOn() {
    splitter.feed(new byte[] {'a', '\r', '\n', (byte) 0xff, '\n'}, 0, 5);
    assertThat(lines).containsExactly("a\r", "\uFFFD");
  }
}
