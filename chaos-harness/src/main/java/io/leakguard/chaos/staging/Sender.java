package io.leakguard.chaos.staging;

import io.leakguard.chaos.scenario.CallerFault;
import io.leakguard.chaos.scenario.PhaseEvents;
import io.leakguard.chaos.scenario.Shape;
import io.leakguard.chaos.verdict.Phase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongFunction;

/**
 * Sends the invocations of a phase, one after the other or several at once, no faster than the
 * guard rails allow. They are sent on other threads: a call that waits cannot be interrupted, the
 * one who waits for it can. Not thread-safe.
 */
final class Sender implements AutoCloseable {
  /** An impatient caller comes back when what it left behind is over. */
  private static final Duration PAUSE = Duration.ofMillis(300);

  private static final long SECOND_NANOS = 1_000_000_000L;

  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread made = new Thread(task, "staging-caller");
            made.setDaemon(true);
            return made;
          });
  private final GuardRails rails;
  private int sent;
  private long next = System.nanoTime();

  Sender(GuardRails rails) {
    this.rails = rails;
  }

  /**
   * Sends a phase.
   *
   * @throws StagingException when the function cannot be invoked, or more than the guard rails
   *     allow would be sent
   */
  List<Call> send(Phase phase, Shape shape, Caller caller, LongFunction<String> events, long seed)
      throws InterruptedException {
    PhaseEvents numbered = new PhaseEvents(shape, seed);
    CallerFault.AtOnce burst = phase.faulty() ? shape.fault(CallerFault.AtOnce.class) : null;
    CallerFault.Impatient impatient =
        phase.faulty() ? shape.fault(CallerFault.Impatient.class) : null;
    Optional<Duration> patience =
        Optional.ofNullable(impatient).map(CallerFault.Impatient::timeout);
    int count = shape.invocations().get(phase);
    int atOnce = burst == null ? 1 : burst.requests();
    List<Call> calls = new ArrayList<>();
    for (int first = 0; first < count; first += atOnce) {
      List<Future<Caller.Reply>> waiting = new ArrayList<>();
      for (int n = first; n < Math.min(count, first + atOnce); n++) {
        awaitTurn();
        String event = numbered.of(phase, events, n);
        waiting.add(threads.submit(() -> caller.call(event, patience)));
      }
      for (Future<Caller.Reply> each : waiting) {
        Caller.Reply reply = answer(each);
        calls.add(new Call(phase, reply.requestId(), reply.failure(), reply.givenUp()));
      }
      if (impatient != null) {
        Thread.sleep(PAUSE.toMillis());
      }
    }
    return calls;
  }

  private void awaitTurn() throws InterruptedException {
    if (sent >= rails.invocations()) {
      throw new StagingException(
          "guardRails.maximumInvocations is reached: " + rails.invocations());
    }
    long now = System.nanoTime();
    if (next > now) {
      Thread.sleep(Duration.ofNanos(next - now).toMillis() + 1);
    }
    next = Math.max(next, now) + SECOND_NANOS / rails.perSecond();
    sent++;
  }

  private static Caller.Reply answer(Future<Caller.Reply> waiting) throws InterruptedException {
    try {
      return waiting.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new StagingException("an invocation failed: " + e.getCause(), e);
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
