package io.leakguard;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class RosterTest {
  private final Roster roster = new Roster();

  @Test
  void look_first_seesEveryLiveThread() {
    assertThat(roster.look()).isTrue();
    assertThat(roster.born()).extracting(Sighting::get).contains(Thread.currentThread());
    assertThat(roster.live()).isEqualTo(roster.born().size());
  }

  @Test
  void look_nothingHappened_saysSo() {
    roster.look();

    assertThat(roster.look()).isFalse();
  }

  @Test
  void look_threadBeganAndEnded_namesItOnce() {
    roster.look();
    Thread seen;
    try (BlockedThread thread = BlockedThread.start("new")) {
      seen = thread.thread();
      assertThat(roster.look()).isTrue();
      assertThat(roster.born()).extracting(Sighting::get).containsExactly(seen);
      assertThat(roster.ended()).isEmpty();
      assertThat(roster.look()).isFalse();
    }

    assertThat(roster.look()).isTrue();
    assertThat(roster.born()).isEmpty();
    assertThat(roster.ended()).extracting(Sighting::get).containsExactly(seen);
  }

  @Test
  void look_oneEndsWhileAnotherBegins_seesBoth() {
    BlockedThread first = BlockedThread.start("same");
    roster.look();
    first.release();
    try (BlockedThread second = BlockedThread.start("same")) {
      assertThat(roster.look()).isTrue();
      assertThat(roster.ended()).extracting(Sighting::get).containsExactly(first.thread());
      assertThat(roster.born()).extracting(Sighting::get).containsExactly(second.thread());
    }
  }

  @Test
  void look_moreThreadsThanTheArray_missesNone() {
    roster.look();
    try (BlockedThreads many = new BlockedThreads()) {
      List<Thread> started = new ArrayList<>();
      for (int i = 0; i < 300; i++) {
        started.add(many.start("many").thread());
      }
      roster.look();
      assertThat(roster.born()).extracting(Sighting::get).containsAll(started);
      assertThat(roster.look()).isFalse();
    }
    roster.look();
    assertThat(roster.ended()).hasSizeGreaterThanOrEqualTo(300);
    assertThat(roster.look()).isFalse();
  }

  @Test
  void surplus_countsWhatIsNotAccepted() {
    roster.look();
    roster.born().forEach(sighting -> sighting.standing = Sighting.Standing.ACCEPTED);
    try (BlockedThread thread = BlockedThread.start("new")) {
      roster.look();
      assertThat(roster.surplus()).isEqualTo(1);
      assertThat(thread.thread().isAlive()).isTrue();
    }
  }

  @Test
  void look_endedThread_isNotKeptFromTheCollector() {
    WeakReference<Thread> ended = endedAfterALook();
    roster.look();

    long deadline = System.nanoTime() + 10_000_000_000L;
    while (ended.get() != null && System.nanoTime() < deadline) {
      System.gc();
      LockSupport.parkNanos(1_000_000);
    }
    assertThat(ended.get()).isNull();
  }

  private WeakReference<Thread> endedAfterALook() {
    BlockedThread thread = BlockedThread.start("short");
    roster.look();
    thread.release();
    return new WeakReference<>(thread.thread());
  }
}
