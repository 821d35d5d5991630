package io.leakguard.chaos.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.leakguard.chaos.fault.Toxic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MinimizerTest {
  private static final Duration PLENTY = Duration.ofMinutes(1);

  private static Shape late(long milliseconds, Fault... others) {
    List<Fault> faults = new ArrayList<>();
    faults.add(
        new ConnectionFault.Disturb(
            List.of(new Toxic.Latency(Duration.ofMillis(milliseconds), Duration.ZERO)), false));
    faults.addAll(List.of(others));
    return Shape.of("late", "answers are late", "anything", faults.toArray(Fault[]::new));
  }

  private static long latency(Shape shape) {
    ConnectionFault.Disturb disturb = shape.fault(ConnectionFault.Disturb.class);
    return ((Toxic.Latency) disturb.toxics().get(0)).latency().toMillis();
  }

  @Test
  void of_latencyThatMattersAboveHalfASecond_isHalvedUntilThere() throws Exception {
    Minimizer.Smallest smallest =
        new Minimizer(shape -> latency(shape) >= 500, PLENTY).of(late(6000));
    assertThat(latency(smallest.shape())).isEqualTo(750);
    assertThat(smallest.shape().faultInvocations()).isEqualTo(Pace.FEWEST);
    assertThat(smallest.steps())
        .containsExactly(
            Reduction.HALF_TIME, Reduction.HALF_TIME, Reduction.HALF_TIME, Reduction.HALF_COUNT);
  }

  @Test
  void of_faultThatDoesNotMatter_isRemoved() throws Exception {
    Shape shape = late(6000, new CallerFault.Impatient(Duration.ofMillis(100)));
    Minimizer.Smallest smallest =
        new Minimizer(smaller -> smaller.fault(CallerFault.Impatient.class) == null, PLENTY)
            .of(shape);
    assertThat(smallest.shape().faults()).singleElement().isInstanceOf(ConnectionFault.class);
    assertThat(smallest.steps()).containsExactly(Reduction.WITHOUT_LAST);
  }

  @Test
  void of_stepsAppliedAgain_makeTheSameShape() throws Exception {
    Shape shape = late(6000);
    Minimizer.Smallest smallest =
        new Minimizer(smaller -> latency(smaller) >= 500, PLENTY).of(shape);
    Shape again = shape;
    for (Reduction step : smallest.steps()) {
      again = Reduction.named(step.text()).orElseThrow().of(again).orElseThrow();
    }
    assertThat(again).isEqualTo(smallest.shape());
  }

  @Test
  void of_noTime_isTheShapeItself() throws Exception {
    Shape shape = late(6000);
    assertThat(new Minimizer(smaller -> true, Duration.ZERO).of(shape).shape()).isEqualTo(shape);
  }
}
