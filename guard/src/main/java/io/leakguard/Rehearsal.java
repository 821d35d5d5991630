package io.leakguard;

import io.leakguard.diagnosis.Fingerprint;
import io.leakguard.diagnosis.ThreadFacts;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.OptionalLong;

/**
 * Writes a report that nobody sees, so that everything a report needs is loaded: 200 to 500 ms that
 * the first report does not take then.
 */
final class Rehearsal {
  private static final Totals TOTALS = new Totals(1, 1, 1, 0, 1, OptionalLong.of(1));

  private Rehearsal() {}

  /** Reports the current thread, as if it had leaked. */
  static void of(Reporter reporter, Settings settings, Host host) {
    Thread thread = Thread.currentThread();
    ThreadFacts facts = ThreadFacts.of(thread);
    Sighting sighting = new Sighting(thread, 0, Sighting.Standing.FRESH);
    Group group = new Group(Fingerprint.of(facts), facts);
    group.add(new Suspect(sighting, thread, Traits.of(facts), 1), facts, 0);
    group.judged(Verdict.GROWING);
    Look look = new Look(true, 1, 1, 0, "rehearsal", null, settings, new Silence(host));
    Finding finding = Findings.of(group, look);
    // Twice: the second time the library reads its caches, with classes that the first one lacks.
    reporter.write(finding, TOTALS, look);
    reporter.write(finding, TOTALS, look);
  }

  /** A host that prints and logs nothing. */
  private record Silence(Host host) implements Host {
    private static final PrintStream NOWHERE =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);

    @Override
    public String variable(String name) {
      return host.variable(name);
    }

    @Override
    public long nanoTime() {
      return host.nanoTime();
    }

    @Override
    public void pause(long nanos) {
      host.pause(nanos);
    }

    @Override
    public Instant now() {
      return host.now();
    }

    @Override
    public PrintStream out() {
      return NOWHERE;
    }

    @Override
    public void log(String line) {}
  }
}
