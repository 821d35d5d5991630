package io.leakguard;

import static org.assertj.core.api.Assertions.assertThat;

import io.leakguard.diagnosis.ThreadFacts;
import org.junit.jupiter.api.Test;

class WatchTest {
  private final Watch watch = new Watch();
  private final Suspect suspect = suspect();

  private static Suspect suspect() {
    Thread thread = Thread.currentThread();
    Sighting sighting = new Sighting(thread, 0, Sighting.Standing.SUSPECT);
    Suspect suspect = new Suspect(sighting, thread, Traits.of(ThreadFacts.of(thread)), 1);
    suspect.atWork = true;
    suspect.steady = 10;
    suspect.lookedAt = 20;
    return suspect;
  }

  @Test
  void due_stoodForLong_isLookedAtSeldom() {
    watch.seenUnchanged(suspect, 20);

    assertThat(watch.due(24)).isEmpty();
    assertThat(watch.due(25)).containsExactly(suspect);
  }

  @Test
  void addNow_notLookedAtThisTime_isDue() {
    watch.seenUnchanged(suspect, 20);
    watch.addNow(suspect, 21);

    assertThat(watch.isDue(21)).isTrue();
    assertThat(watch.due(21)).containsExactly(suspect);
  }

  @Test
  void addNow_lookedAtAlreadyOrUnknown_isNotDue() {
    watch.addNow(suspect, 21);
    assertThat(watch.due(21)).isEmpty();

    watch.seenUnchanged(suspect, 20);
    watch.addNow(suspect, 20);
    assertThat(watch.due(20)).isEmpty();
  }
}
