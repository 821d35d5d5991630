package io.leakguard.chaos.scenario;

import io.leakguard.chaos.fault.Toxic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One way to make a shape's fault smaller, with a name by which a command line can ask for it
 * again.
 */
public enum Reduction {
  /** Half the time that something takes or is late. */
  HALF_TIME("time/2"),
  /** Half the invocations of the fault phases, but no fewer than a verdict needs. */
  HALF_COUNT("count/2"),
  /** Without the first of several faults. */
  WITHOUT_FIRST("without-first"),
  /** Without the last of several faults. */
  WITHOUT_LAST("without-last"),
  /** No variation of a delay. */
  NO_JITTER("no-jitter");

  /** Less of it is not noticed beside what a call takes anyway. */
  private static final Duration SHORTEST = Duration.ofMillis(10);

  private final String text;

  Reduction(String text) {
    this.text = text;
  }

  /** Its name on the command line. */
  public String text() {
    return text;
  }

  /** The reduction of that name. */
  public static Optional<Reduction> named(String text) {
    return List.of(values()).stream().filter(one -> one.text.equals(text)).findFirst();
  }

  /** The smaller shape; empty when this cannot make it smaller. */
  public Optional<Shape> of(Shape shape) {
    List<Fault> faults = shape.faults();
    return switch (this) {
      case HALF_TIME -> changed(shape, faults.stream().map(Reduction::halved).toList());
      case NO_JITTER -> changed(shape, faults.stream().map(Reduction::steady).toList());
      case WITHOUT_FIRST -> fewer(shape, 1, faults.size());
      case WITHOUT_LAST -> fewer(shape, 0, faults.size() - 1);
      case HALF_COUNT -> {
        int half = Math.max(Pace.FEWEST, shape.faultInvocations() / 2);
        yield half < shape.faultInvocations()
            ? Optional.of(shape.withFaultInvocations(half))
            : Optional.empty();
      }
    };
  }

  private static Optional<Shape> fewer(Shape shape, int from, int to) {
    return shape.faults().size() < 2
        ? Optional.empty()
        : Optional.of(shape.withFaults(shape.faults().subList(from, to)));
  }

  private static Optional<Shape> changed(Shape shape, List<Fault> faults) {
    return faults.equals(shape.faults()) ? Optional.empty() : Optional.of(shape.withFaults(faults));
  }

  private static Fault halved(Fault fault) {
    if (fault instanceof ConnectionFault.Disturb disturb) {
      return with(disturb, true);
    }
    if (fault instanceof LambdaFault.Frozen frozen) {
      return new LambdaFault.Frozen(frozen.meanwhile(), half(frozen.atLeast()));
    }
    return fault;
  }

  private static Fault steady(Fault fault) {
    return fault instanceof ConnectionFault.Disturb disturb ? with(disturb, false) : fault;
  }

  private static Fault with(ConnectionFault.Disturb disturb, boolean half) {
    List<Toxic> toxics = new ArrayList<>();
    for (Toxic toxic : disturb.toxics()) {
      if (toxic instanceof Toxic.Latency latency) {
        toxics.add(
            half
                ? new Toxic.Latency(half(latency.latency()), half(latency.jitter()))
                : new Toxic.Latency(latency.latency(), Duration.ZERO));
      } else {
        toxics.add(toxic);
      }
    }
    return new ConnectionFault.Disturb(toxics, disturb.reconnect());
  }

  private static Duration half(Duration time) {
    Duration half = time.dividedBy(2);
    return half.compareTo(SHORTEST) < 0 ? time : half;
  }
}
