package io.leakguard.chaos.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.leakguard.chaos.verdict.Phase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PaceTest {
  private static final Duration SLOW = Duration.ofSeconds(2);
  private static final Duration QUICK = Duration.ofMillis(20);

  /** A function whose invocations all take the same time. */
  private static final class Uniform implements Pace.Runner {
    private final Duration each;
    private boolean clear;
    private boolean undecided;
    private int expected;

    Uniform(Duration each) {
      this.each = each;
    }

    @Override
    public Duration timeout() {
      return Duration.ofSeconds(90);
    }

    @Override
    public Duration slowest(Phase phase) {
      return each;
    }

    @Override
    public boolean isClear(Phase phase) {
      return clear;
    }

    @Override
    public boolean isUndecided(Phase phase) {
      return undecided;
    }

    @Override
    public void expect(int invocations) {
      expected = invocations;
    }
  }

  private final Uniform slow = new Uniform(SLOW);
  private final Uniform quick = new Uniform(QUICK);
  private long now;
  private final Pace<Uniform> pace = new Pace<>(Duration.ofSeconds(60), () -> now);

  /** Sends a phase as the load does, and says in which steps. */
  private List<Integer> steps(Phase phase, Uniform function, int planned) {
    List<Integer> steps = new ArrayList<>();
    List<Uniform> left = List.of(function);
    int sent = 0;
    while (!left.isEmpty()) {
      int step = pace.next(phase, sent, planned);
      assertThat(step).isPositive();
      pace.expect(phase, left, sent + step, planned);
      pace.sent(phase, left, step);
      now += function.each.multipliedBy(step).toNanos();
      sent += step;
      steps.add(step);
      left = pace.goOn(phase, left, planned);
    }
    assertThat(pace.sent(phase, function)).isEqualTo(sent);
    return steps;
  }

  @Test
  void phaseWithoutFault_isSentAtOnce() {
    assertThat(steps(Phase.BASELINE, slow, 8)).containsExactly(8);
  }

  @Test
  void fault_quickFunction_getsAllThatWasPlanned() {
    quick.clear = true;

    assertThat(steps(Phase.FAULT, quick, 8)).containsExactly(1, 3, 4);
    assertThat(quick.expected).isEqualTo(8);
  }

  @Test
  void fault_slowFunctionThatIsClear_endsAfterFour() {
    slow.clear = true;

    assertThat(steps(Phase.FAULT, slow, 8)).containsExactly(1, 3);
    assertThat(slow.expected).isEqualTo(4);
  }

  @Test
  void fault_slowFunctionThatIsNotClear_getsAllThatWasPlanned() {
    assertThat(steps(Phase.FAULT, slow, 8)).containsExactly(1, 3, 4);
  }

  @Test
  void fault_slowFunctionThatIsNotClear_leavesTimeForTheSecondFault() {
    // Four more and the second fault's four would take 48 of the 36 seconds that are left.
    assertThat(steps(Phase.FAULT, new Uniform(Duration.ofSeconds(6)), 8)).containsExactly(1, 3);
  }

  @Test
  void fault_undecided_getsMoreUpToTwelve() {
    quick.undecided = true;

    assertThat(steps(Phase.FAULT, quick, 6)).containsExactly(1, 3, 2, 4, 2);
  }

  @Test
  void fault_fourDoNotFitTwice_isGivenUpWithTheTimeItNeeds() {
    Uniform function = new Uniform(Duration.ofSeconds(9));

    // After the first there are three more and the second fault's four to come: 63 s.
    assertThat(steps(Phase.FAULT, function, 8)).containsExactly(1);
    assertThat(pace.givenUp()).containsEntry(function, Duration.ofSeconds(72));
    assertThat(pace.goOn(Phase.FAULT_AGAIN, List.of(function), 8)).isEmpty();
  }

  @Test
  void secondFault_needsTimeForItselfAlone() {
    Uniform function = new Uniform(Duration.ofSeconds(7));

    assertThat(steps(Phase.FAULT, function, 4)).containsExactly(1, 3);
    assertThat(steps(Phase.FAULT_AGAIN, function, 4)).containsExactly(1, 3);
    assertThat(pace.givenUp()).isEmpty();
  }

  @Test
  void goOn_functionsOfOneShape_areDecidedEachByItself() {
    slow.clear = true;
    pace.sent(Phase.FAULT, List.of(slow, quick), 4);

    assertThat(pace.goOn(Phase.FAULT, List.of(slow, quick), 8)).containsExactly(quick);
  }

  @Test
  void outOfTime_isGivenUpByItsTimeout() {
    pace.outOfTime(slow);
    now += SLOW.toNanos();
    pace.outOfTime(slow);

    assertThat(pace.givenUp()).containsOnly(Map.entry(slow, Duration.ofMinutes(12)));
  }

  @Test
  void left_neverBelowASecond() {
    assertThat(pace.left()).isEqualTo(Duration.ofSeconds(60));
    now = Duration.ofSeconds(59).plusMillis(500).toNanos();
    assertThat(pace.left()).isEqualTo(Duration.ofSeconds(1));
  }
}
