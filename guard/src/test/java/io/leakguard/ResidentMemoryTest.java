package io.leakguard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResidentMemoryTest {
  @TempDir Path directory;

  private ResidentMemory reading(long residentMib) throws IOException {
    Path file = directory.resolve("statm");
    write(residentMib);
    return new ResidentMemory(file.toString());
  }

  /** Pages of the address space, resident ones, and more that is not read. */
  private void write(long residentMib) throws IOException {
    Files.writeString(
        directory.resolve("statm"), "9999999 " + residentMib * 256 + " 100 1 0 200 0\n");
  }

  private static long heapMib() {
    return Runtime.getRuntime().totalMemory() >> 20;
  }

  @Test
  void residentMib_isTheSecondNumberInPages() throws IOException {
    assertThat(reading(70).residentMib()).isEqualTo(70);
  }

  @Test
  void residentMib_unreadable_isUnknown() throws IOException {
    Files.writeString(directory.resolve("statm"), "what else");
    assertThat(new ResidentMemory(directory.resolve("statm").toString()).residentMib())
        .isEqualTo(-1);
    assertThat(new ResidentMemory("/nowhere/at/all").residentMib()).isEqualTo(-1);
    assertThat(new ResidentMemory("/nowhere/at/all").outsideHeapMib()).isEqualTo(-1);
  }

  @Test
  void hasGrown_beforeItSettled_isFalse() throws IOException {
    assertThat(reading(10_000).hasGrown()).isFalse();
  }

  @Test
  void hasGrown_byMuchOutsideTheHeap_isTrue() throws IOException {
    long start = heapMib() + 60;
    ResidentMemory memory = reading(start);
    memory.settle();
    write(start + 20);
    assertThat(memory.hasGrown()).isFalse();
    write(start + 100);
    assertThat(memory.hasGrown()).isTrue();
  }
}
