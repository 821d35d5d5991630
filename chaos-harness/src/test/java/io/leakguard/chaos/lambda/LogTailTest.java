package io.leakguard.chaos.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class LogTailTest {
  private final LogTail tail = new LogTail();

  @Test
  void bytes_ofLittle_isAllOfIt() {
    tail.append("a");
    tail.append("bc");
    assertThat(tail.bytes()).asString(UTF_8).isEqualTo("abc");
  }

  @Test
  void bytes_ofNothing_isEmpty() {
    assertThat(tail.bytes()).isEmpty();
  }

  @Test
  void bytes_afterAppendsOfAllSizes_isTheEndOfAllOfThem() {
    Random random = new Random(1);
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < 300; i++) {
      int length = i % 50 == 7 ? 5000 + random.nextInt(10_000) : random.nextInt(300);
      String text = Character.toString((char) ('a' + i % 26)).repeat(length) + i;
      all.append(text);
      tail.append(text);
      String expected = all.substring(Math.max(0, all.length() - LogTail.SIZE));
      assertThat(tail.bytes()).asString(UTF_8).isEqualTo(expected);
    }
  }
}
