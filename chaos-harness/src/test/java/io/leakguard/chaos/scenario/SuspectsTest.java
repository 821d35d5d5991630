package io.leakguard.chaos.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.leakguard.chaos.fault.ToxiproxyServer;
import io.leakguard.chaos.verdict.Healing;
import io.leakguard.chaos.verdict.Judgement;
import io.leakguard.chaos.verdict.Levels;
import io.leakguard.chaos.verdict.Outcome;
import io.leakguard.chaos.verdict.Phase;
import io.leakguard.chaos.verdict.PhaseRecord;
import io.leakguard.chaos.verdict.Sample;
import io.leakguard.chaos.verdict.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SuspectsTest {
  private static final long MUCH = 8_000_000;

  private final List<Duration> waits = new ArrayList<>();
  private long now;
  private long available = MUCH;
  private final Suspects suspects = new Suspects(() -> now, () -> available, waits::add);
  private ToxiproxyServer server;

  /** An environment that holds so many threads. */
  private static final class Kept implements Suspects.Suspect {
    private final String name;
    private final Optional<Levels> levels;
    private final List<String> calls = new ArrayList<>();

    Kept(String name, Optional<Levels> levels) {
      this.name = name;
      this.levels = levels;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public void release() {
      calls.add("release");
    }

    @Override
    public void runFree() {
      calls.add("runFree");
    }

    @Override
    public Optional<Levels> levelsNow() {
      calls.add("levelsNow");
      return levels;
    }

    @Override
    public void close() {
      calls.add("close");
    }
  }

  @BeforeEach
  void start() {
    server = ToxiproxyServer.embedded(1);
  }

  @AfterEach
  void end() {
    suspects.close();
    server.close();
  }

  private static Kept holding(String name, int threads) {
    return new Kept(name, Optional.of(Levels.of(threads, 0, 0)));
  }

  private static Judgement judgement(Verdict verdict, Optional<Healing> healing) {
    Map<Phase, PhaseRecord> phases = new EnumMap<>(Phase.class);
    phases.put(Phase.BASELINE, threads(10));
    phases.put(Phase.FAULT, threads(11, 12, 13, 14));
    phases.put(Phase.RECOVERY, threads(14));
    phases.put(Phase.FAULT_AGAIN, threads(15, 16, 17, 18));
    Judgement plain = Judgement.of(verdict, "", Map.of(), List.of());
    return new Judgement(
        verdict,
        "",
        Map.of(),
        Optional.empty(),
        healing,
        4,
        List.of(),
        phases,
        plain.course(),
        Optional.empty(),
        Optional.empty());
  }

  private static PhaseRecord threads(int... levels) {
    List<Sample> samples = new ArrayList<>();
    for (int threads : levels) {
      samples.add(
          new Sample(
              1,
              "request",
              Duration.ZERO,
              Duration.ZERO,
              Outcome.SUCCEEDED,
              Optional.of(Levels.of(threads, 0, 0))));
    }
    return new PhaseRecord(samples, Map.of(Outcome.SUCCEEDED, levels.length), Map.of(), List.of());
  }

  private static Judgement leak() {
    return judgement(Verdict.LEAK, Optional.of(Healing.NOT_LOOKED_AT));
  }

  @Test
  void wants_leaksOfWhichItIsNotKnownWhetherTheyStay() {
    assertThat(suspects.wants(leak())).isTrue();
    assertThat(suspects.wants(judgement(Verdict.LEAK, Optional.of(Healing.AT_ONCE)))).isFalse();
    assertThat(suspects.wants(judgement(Verdict.CLEAN, Optional.empty()))).isFalse();
  }

  @Test
  void wants_littleMemoryLeft_keepsNone() {
    available = 1_500_000;
    assertThat(suspects.wants(leak())).isFalse();
  }

  @Test
  void wants_manyKept_keepsNoMore() {
    for (int i = 0; i < 64; i++) {
      assertThat(suspects.wants(leak())).isTrue();
      suspects.keep("shape-" + i, holding("F", 18), server, leak());
    }
    assertThat(suspects.wants(leak())).isFalse();
  }

  @Test
  void look_waitsOnceForTheYoungest_andTellsWhatHeals() throws Exception {
    suspects.keep("shape", holding("Stays", 18), server, leak());
    now = Duration.ofSeconds(40).toNanos();
    suspects.keep("shape", holding("Heals", 11), server, leak());
    suspects.keep("shape", new Kept("Gone", Optional.empty()), server, leak());
    now = Duration.ofSeconds(50).toNanos();

    assertThat(suspects.waiting()).isEqualTo(Duration.ofSeconds(55));
    assertThat(suspects.look())
        .containsOnly(
            Map.entry(new Suspects.Name("Stays", "shape"), Healing.STAYS),
            Map.entry(new Suspects.Name("Heals", "shape"), Healing.AFTER_IDLE));
    assertThat(waits).containsExactly(Duration.ofSeconds(55));
  }

  @Test
  void look_idleTimeIsOverAlready_waitsForWhatIsDueAtTheThaw() throws Exception {
    Kept kept = holding("F", 18);
    suspects.keep("shape", kept, server, leak());
    now = Duration.ofMinutes(5).toNanos();
    suspects.look();

    assertThat(waits).containsExactly(Duration.ofSeconds(3));
    assertThat(kept.calls).containsExactly("release", "runFree", "levelsNow");
  }

  @Test
  void keep_sameCellAgain_endsTheOneBefore() {
    Kept first = holding("F", 18);
    Kept second = holding("F", 18);
    suspects.keep("shape", first, server, leak());
    suspects.keep("shape", second, server, leak());

    assertThat(suspects.count()).isEqualTo(1);
    assertThat(first.calls).containsExactly("release", "close");
    assertThat(second.calls).containsExactly("release");
  }

  @Test
  void close_endsEnvironmentsAndTheirServers() {
    Kept kept = holding("F", 18);
    suspects.keep("shape", kept, server, leak());
    assertThat(suspects.holds(server)).isTrue();
    suspects.close();

    assertThat(kept.calls).endsWith("close");
    assertThat(suspects.holds(server)).isFalse();
    assertThat(suspects.count()).isZero();
  }
}
