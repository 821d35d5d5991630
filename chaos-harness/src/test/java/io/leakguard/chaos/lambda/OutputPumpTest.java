package io.leakguard.chaos.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.junit.jupiter.api.Test;

class OutputPumpTest {
  /** A pipe: holds what is written until it is read, and never blocks. */
  private static final class Pipe extends InputStream {
    private final ConcurrentLinkedDeque<Byte> bytes = new ConcurrentLinkedDeque<>();
    private volatile boolean broken;

    void write(String text) {
      write(text.getBytes(UTF_8));
    }

    void write(byte[] all) {
      for (byte one : all) {
        bytes.add(one);
      }
    }

    @Override
    public int available() throws IOException {
      if (broken) {
        throw new IOException("Stream closed");
      }
      return bytes.size();
    }

    @Override
    public int read() {
      Byte next = bytes.poll();
      return next == null ? -1 : next & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      int count = 0;
      while (count < length && !bytes.isEmpty()) {
        into[offset + count++] = bytes.poll();
      }
      return count == 0 ? -1 : count;
    }
  }

  private final EnvironmentId id = new EnvironmentId("F", 1);
  private final Recorder recorder = new Recorder();
  private final Pipe plain = new Pipe();
  private final Pipe framed = new Pipe();
  private final ChildOutput output = new ChildOutput(id, recorder, plain, framed);

  @Test
  void pump_takesWhatComesAndNothingWhilePaused() {
    try (OutputPump pump = new OutputPump()) {
      pump.start();
      pump.add(output);
      plain.write("one\n");
      await().until(() -> recorder.idleLines().equals(List.of("one")));
      output.pause();
      // Whatever look was under way when it was paused is over when the other output has been read.
      Pipe other = new Pipe();
      pump.add(new ChildOutput(id, recorder, other, new Pipe()));
      other.write("other\n");
      await().until(() -> recorder.idleLines().contains("other"));
      plain.write("two\n");
      other.write("more\n");
      await().until(() -> recorder.idleLines().contains("more"));
      assertThat(recorder.idleLines()).doesNotContain("two");
      output.resume();
      pump.wake();
      await().until(() -> recorder.idleLines().contains("two"));
    }
  }

  @Test
  void begin_attributesWhatFollowsAndNotWhatWasThere() {
    plain.write("before\n");
    output.begin("r1", false);
    plain.write("during\n");
    output.end();
    plain.write("after\n");
    output.drain();
    assertThat(recorder.idleLines()).containsExactly("before", "after");
    assertThat(recorder.lines("r1")).extracting(Recorder.Line::text).containsExactly("during");
  }

  @Test
  void takeTail_isTheInvocationsOwnLogOnce() {
    plain.write("before\n");
    output.begin("r1", true);
    plain.write("during\n");
    output.drain();
    assertThat(output.takeTail().bytes())
        .asString(UTF_8)
        .isEqualTo("START RequestId: r1 Version: $LATEST\nduring\n");
    assertThat(output.takeTail()).isNull();
    output.begin("r2", false);
    assertThat(output.takeTail()).isNull();
  }

  @Test
  void drain_frame_isOneMessageWithoutItsLastLineEnd() {
    output.begin("r1", true);
    framed.write(
        ByteBuffer.allocate(20)
            .putInt(0xa55a0003)
            .putInt(4)
            .putLong(1)
            .put("a\nb\n".getBytes(UTF_8))
            .array());
    output.drain();
    assertThat(recorder.lines("r1")).containsExactly(new Recorder.Line(id, "r1", "a\nb", true));
    assertThat(output.takeTail().bytes()).asString(UTF_8).endsWith("$LATEST\na\nb\n");
  }

  @Test
  void drain_streamReplacedAtProcessEnd_isNoError() {
    plain.broken = true;
    framed.broken = true;
    assertThat(output.drain()).isZero();
    plain.broken = false;
    plain.write("last words");
    output.close();
    assertThat(recorder.idleLines()).containsExactly("last words");
    assertThat(output.drain()).isZero();
  }
}
