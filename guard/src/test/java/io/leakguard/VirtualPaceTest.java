package io.leakguard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class VirtualPaceTest {
  /** Returns after which invocations there is a look. */
  private static List<Integer> looks(int invocations, long nanos, boolean news) {
    VirtualPace pace = new VirtualPace();
    List<Integer> looks = new ArrayList<>();
    for (int i = 1; i <= invocations; i++) {
      pace.ended(nanos);
      if (pace.isDue()) {
        looks.add(i);
        pace.begun();
        pace.looked(news);
      }
    }
    return looks;
  }

  @Test
  void isDue_nothingNew_everMoreRarely() {
    List<Integer> looks = looks(100_000, 1, false);

    assertThat(looks).startsWith(1, 3, 7, 11, 15).hasSizeLessThan(250);
    int last = looks.size() - 1;
    assertThat(looks.get(last) - looks.get(last - 1)).isEqualTo(1_000);
  }

  @Test
  void isDue_nothingNew_aLookAMinuteOfInvocationTime() {
    List<Integer> looks = looks(100_000, 1_000_000_000, false);

    int last = looks.size() - 1;
    assertThat(looks.get(last) - looks.get(last - 1)).isEqualTo(60);
  }

  @Test
  void isDue_newThreads_soonAtFirst() {
    assertThat(looks(200, 1, true)).startsWith(1, 2, 4, 8, 16, 32, 48, 64);
  }

  @Test
  void looked_firstNewsAfterLong_nextLookIsAtOnce() {
    VirtualPace pace = new VirtualPace();
    for (int i = 0; i < 10_000; i++) {
      pace.ended(1);
      if (pace.isDue()) {
        pace.begun();
        pace.looked(false);
      }
    }
    pace.begun();
    pace.looked(true);
    pace.ended(1);

    assertThat(pace.isDue()).isTrue();
  }
}
