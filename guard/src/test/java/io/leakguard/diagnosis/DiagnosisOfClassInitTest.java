package io.leakguard.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Threads that initialise a class, and those that wait for it: the JVM shows no such wait. */
class DiagnosisOfClassInitTest {
  /** Ends when a test lets it. */
  private static final class Gate {
    static final CountDownLatch SLOW = new CountDownLatch(1);
    static final CountDownLatch LAMBDA = new CountDownLatch(1);
    static volatile Thread started;

    private Gate() {}
  }

  private static final class Slow {
    static final String VALUE = waitForIt();

    private static String waitForIt() {
      try {
        Gate.SLOW.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return "done";
    }
  }

  /** Runs code of its own class in a thread while its initialiser waits for that thread. */
  private static final class WaitsForItsOwn {
    static final String VALUE = start();

    private static String start() {
      Gate.started = new Thread(() -> helper(), "helper");
      Gate.started.setDaemon(true);
      Gate.started.start();
      try {
        Gate.LAMBDA.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return "done";
    }

    private static void helper() {
      assertThat(Gate.LAMBDA.getCount()).isZero();
    }
  }

  @Test
  void of_initialiser_saysWhatItWaitsFor() throws Exception {
    try (StuckThread stuck =
        StuckThread.start(() -> assertThat(Slow.VALUE).isNotNull(), Gate.SLOW::countDown)) {
      Diagnosis seen = stuck.diagnosis("class-init");

      DiagnosisOf.expect("class-init", seen, stuck.facts());
      assertThat(seen.waitsFor()).startsWith("initialising a class, in it waiting for a latch");
      DiagnosisOf.expect(
          "class-init", () -> Class.forName(Slow.class.getName()), Gate.SLOW::countDown);
    }
  }

  @Test
  void of_codeThatWaitsForItsOwnClass_isAtItsStart() throws Exception {
    try (StuckThread stuck =
        StuckThread.start(
            () -> assertThat(WaitsForItsOwn.VALUE).isNotNull(), Gate.LAMBDA::countDown)) {
      while (Gate.started == null) {
        Thread.onSpinWait();
      }

      DiagnosisOf.expectOf("starting", Gate.started);
      DiagnosisOf.expect("class-init", stuck.diagnosis("class-init"), stuck.facts());
    }
    Gate.started.join();
  }

  @Test
  void of_twoInitialisersThatWaitForEachOther() {
    ThreadFacts facts =
        new ThreadFacts(
            "t",
            "main",
            Thread.State.RUNNABLE,
            FamilyTest.facts("t", "com.acme.A#<clinit>", "com.acme.Main#run").frames());

    DiagnosisOf.expect("class-init", Diagnosis.of(facts), facts);
    assertThat(Diagnosis.of(facts).waitsFor()).contains("waiting for a thread that initialises");
  }
}
