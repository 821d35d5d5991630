package io.leakguard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VirtualWatermarksTest {
  @Test
  void birthOf_beforeTheFirstMark_isTheFirstInvocation() {
    VirtualWatermarks marks = new VirtualWatermarks(7);

    assertThat(marks.birthOf(100)).isEqualTo(7);
    marks.mark(8, 100);
    assertThat(marks.birthOf(99)).isEqualTo(7);
  }

  @Test
  void birthOf_afterAMark_isItsInvocation() {
    VirtualWatermarks marks = new VirtualWatermarks(0);
    marks.mark(1, 100);
    marks.mark(2, 110);
    marks.mark(3, 120);

    assertThat(marks.birthOf(101)).isEqualTo(1);
    assertThat(marks.birthOf(109)).isEqualTo(1);
    assertThat(marks.birthOf(115)).isEqualTo(2);
    assertThat(marks.birthOf(1_000)).isEqualTo(3);
  }

  @Test
  void mark_inTheOtherOrder_keepsTheNewest() {
    VirtualWatermarks marks = new VirtualWatermarks(0);
    marks.mark(2, 100);
    marks.mark(1, 105);
    marks.mark(3, 110);

    assertThat(marks.birthOf(107)).isEqualTo(2);
    assertThat(marks.birthOf(111)).isEqualTo(3);
  }

  @Test
  void birthOf_amongAMillion_isNeverLaterAndOfLateOnesExact() {
    VirtualWatermarks marks = new VirtualWatermarks(0);
    for (int invocation = 1; invocation <= 1_000_000; invocation++) {
      marks.mark(invocation, 10L * invocation);
    }

    for (int invocation = 1; invocation <= 1_000_000; invocation += 997) {
      assertThat(marks.birthOf(10L * invocation + 1)).isBetween(0L, (long) invocation);
    }
    assertThat(marks.birthOf(10L * 500_000)).isGreaterThan(490_000);
    assertThat(marks.birthOf(10L * 990_000)).isGreaterThan(989_900);
    for (int invocation = 999_100; invocation <= 1_000_000; invocation++) {
      assertThat(marks.birthOf(10L * invocation + 5)).isEqualTo(invocation);
    }
  }

  @Test
  void nextId_partsThreadsMadeBeforeFromThoseMadeAfter() {
    long before = new Thread("before").getId();
    long id = VirtualWatermarks.nextId();
    long after = new Thread("after").getId();

    assertThat(id).isGreaterThan(before).isLessThan(after);
  }

  @Test
  void nextId_partsVirtualThreadsToo() throws InterruptedException {
    VirtualThreadStarter.assumeThereAre();
    Thread before = VirtualThreadStarter.start("before", () -> {});
    long id = VirtualWatermarks.nextId();
    Thread after = VirtualThreadStarter.start("after", () -> {});
    before.join();
    after.join();

    assertThat(id).isGreaterThan(before.getId()).isLessThan(after.getId());
  }
}
