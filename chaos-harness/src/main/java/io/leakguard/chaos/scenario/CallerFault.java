package io.leakguard.chaos.scenario;

import java.time.Duration;
import java.util.Optional;

/** The caller of the function, or what it sends, is the trouble. */
public sealed interface CallerFault extends Fault {
  @Override
  default FromOutside outside() {
    return new FromOutside.Called();
  }

  /** The caller gives up after this long and closes its connection. */
  record Impatient(Duration timeout) implements CallerFault {
    @Override
    public String how() {
      return "the caller closes its connection " + timeout.toMillis() + " ms after each request";
    }
  }

  /** Each event comes so many times, as a caller that retries sends it; 2 to 10. */
  record Again(int times) implements CallerFault {
    @Override
    public String how() {
      return "each event is sent " + times + " times";
    }
  }

  /** So many requests at once, each served by an environment of its own; 2 to 32. */
  record AtOnce(int requests) implements CallerFault {
    @Override
    public String how() {
      return requests + " requests at once, again and again, for as many environments";
    }

    @Override
    public void prepare(Setup setup) {
      setup.needEnvironments(requests);
    }
  }

  /** One record of each batch is no such thing as the function expects. */
  record Poison() implements CallerFault {
    @Override
    public String how() {
      return "the last record of each batch has a body that is cut off, and the same batch comes"
          + " again and again with a rising receive count";
    }

    @Override
    public Optional<String> refusal(Target target) {
      return PoisonedBatch.isBatch(target.event().apply(0))
          ? Optional.empty()
          : Optional.of("its events are no batches of records with a body");
    }

    @Override
    public String needs() {
      return "an event that is a batch: Records, each with a body";
    }
  }
}
