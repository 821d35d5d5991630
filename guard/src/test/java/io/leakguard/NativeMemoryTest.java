package io.leakguard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeMemoryTest {
  private static final long HEAP_OF_400_MIB = 400L << 20;
  private static final long START = 200;

  @TempDir Path directory;

  private NativeMemory settledAt(long maxHeap) throws IOException {
    write(START, START);
    NativeMemory memory = new NativeMemory(statm().toString(), maxHeap);
    memory.settle();
    assertThat(memory.hasGrown()).isFalse();
    return memory;
  }

  private Path statm() {
    return directory.resolve("statm");
  }

  /** Pages: all, resident, shared, code, unused, data, unused. */
  private void write(long residentMib, long dataMib) throws IOException {
    long data = (dataMib + (Runtime.getRuntime().totalMemory() >> 20)) * 256;
    Files.writeString(statm(), "9999999 " + residentMib * 256 + " 100 1 0 " + data + " 0\n");
  }

  @Test
  void hasGrown_bySixteenthOfTheHeapsLimit_isTrue() throws IOException {
    NativeMemory memory = settledAt(HEAP_OF_400_MIB);
    write(START + 24, START + 24);
    assertThat(memory.hasGrown()).isFalse();
    write(START + 25, START + 25);
    assertThat(memory.hasGrown()).isTrue();
  }

  @Test
  void hasGrown_ofSmallHeap_asksForSixteenMib_ofLargeOne_forThirtyTwo() throws IOException {
    NativeMemory small = settledAt(100L << 20);
    write(START + 15, START + 15);
    assertThat(small.hasGrown()).isFalse();
    write(START + 16, START + 16);
    assertThat(small.hasGrown()).isTrue();
    NativeMemory large = settledAt(10_000L << 20);
    write(START + 31, START + 31);
    assertThat(large.hasGrown()).isFalse();
    write(START + 32, START + 32);
    assertThat(large.hasGrown()).isTrue();
  }

  @Test
  void hasGrown_stacksOfThreadsThatAreMappedOnly_isFalse() throws IOException {
    NativeMemory memory = settledAt(HEAP_OF_400_MIB);
    write(START + 5, START + 100);
    assertThat(memory.hasGrown()).isFalse();
  }

  @Test
  void hasGrown_heapThatIsTouched_isFalse() throws IOException {
    NativeMemory memory = settledAt(HEAP_OF_400_MIB);
    write(START + 100, START);
    assertThat(memory.hasGrown()).isFalse();
  }

  @Test
  void hasGrown_beforeItSettled_isFalse() throws IOException {
    write(10_000, 10_000);
    assertThat(new NativeMemory(statm().toString(), HEAP_OF_400_MIB).hasGrown()).isFalse();
  }

  @Test
  void hasGrown_unreadable_isFalse() throws IOException {
    Files.writeString(statm(), "what else");
    NativeMemory odd = new NativeMemory(statm().toString(), HEAP_OF_400_MIB);
    odd.settle();
    write(10_000, 10_000);
    assertThat(odd.hasGrown()).isFalse();
    NativeMemory absent = new NativeMemory("/nowhere/at/all", HEAP_OF_400_MIB);
    absent.settle();
    assertThat(absent.hasGrown()).isFalse();
  }
}
