package io.leakguard.chaos.scenario;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks for the smallest fault that still leaks: makes it smaller as long as it does. */
public final class Minimizer {
  /** Plays a shape. */
  public interface Trial {
    /** Whether the function leaks in it. */
    boolean leaks(Shape shape) throws InterruptedException;
  }

  /**
   * What was found.
   *
   * @param shape the smallest that still leaks
   * @param steps how it is made of the shape that was given
   */
  public record Smallest(Shape shape, List<Reduction> steps) {
    public Smallest {
      steps = List.copyOf(steps);
    }
  }

  private final Trial trial;
  private final long end;

  /**
   * A search.
   *
   * @param longest no trial is begun after this
   */
  public Minimizer(Trial trial, Duration longest) {
    this.trial = trial;
    this.end = System.nanoTime() + longest.toNanos();
  }

  /** Searches; the shape itself when nothing smaller leaks. */
  public Smallest of(Shape shape) throws InterruptedException {
    Shape smallest = shape;
    List<Reduction> steps = new ArrayList<>();
    for (Reduction reduction : Reduction.values()) {
      Optional<Shape> smaller = reduction.of(smallest);
      while (smaller.isPresent() && System.nanoTime() < end && trial.leaks(smaller.get())) {
        smallest = smaller.get();
        steps.add(reduction);
        smaller = reduction.of(smallest);
      }
    }
    return new Smallest(smallest, steps);
  }
}
