package io.leakguard.chaos.scenario;

import io.leakguard.chaos.fault.ToxiproxyServer;
import io.leakguard.chaos.verdict.Healing;
import io.leakguard.chaos.verdict.Judge;
import io.leakguard.chaos.verdict.Judgement;
import io.leakguard.chaos.verdict.Levels;
import io.leakguard.chaos.verdict.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The environments of cells that leak, kept frozen until all cells are played, so that idle
 * timeouts are waited for once and side by side: it cannot be said earlier whether a leak stays.
 * Not thread-safe.
 */
public final class Suspects implements AutoCloseable {
  /**
   * Above the 60 s after which the JDK's cached pools, keep-alive caches and most clients let go.
   */
  private static final Duration IDLE = Duration.ofSeconds(65);

  /** What is due when an environment thaws is done by then, also on a busy machine. */
  private static final Duration SETTLE = Duration.ofSeconds(3);

  /** Left to everything else when environments are kept. */
  private static final long RESERVE_KILOBYTES = 1_500_000;

  private static final int MOST = 64;

  /** One function in one shape. */
  public record Name(String function, String shape) {}

  /** An environment that is kept. */
  interface Suspect extends AutoCloseable {
    /** The function's name. */
    String name();

    /** Gives its name free, for the same function in the next shape. */
    void release();

    /** Lets it run. */
    void runFree();

    /** What it holds now; empty when it is gone. */
    Optional<Levels> levelsNow();

    @Override
    void close();
  }

  /** Waits, or in a test does not. */
  interface Pause {
    void of(Duration time) throws InterruptedException;
  }

  private record Kept(Suspect function, Judgement judgement, long since) {}

  private final Map<Name, Kept> kept = new LinkedHashMap<>();
  private final Set<ToxiproxyServer> servers = new HashSet<>();
  private final LongSupplier nanos;
  private final LongSupplier availableKilobytes;
  private final Pause pause;

  /** None yet. */
  public Suspects() {
    this(
        System::nanoTime,
        Suspects::availableKilobytes,
        time -> TimeUnit.NANOSECONDS.sleep(time.toNanos()));
  }

  Suspects(LongSupplier nanos, LongSupplier availableKilobytes, Pause pause) {
    this.nanos = nanos;
    this.availableKilobytes = availableKilobytes;
    this.pause = pause;
  }

  /** Whether it is worth waiting, and there is memory for one more. */
  boolean wants(Judgement judgement) {
    return judgement.verdict() == Verdict.LEAK
        && judgement.healing().filter(h -> h == Healing.NOT_LOOKED_AT).isPresent()
        && kept.size() < MOST
        && availableKilobytes.getAsLong() > RESERVE_KILOBYTES;
  }

  /** Takes over a function and the proxies that its connections go through. */
  void keep(String shape, Suspect function, ToxiproxyServer server, Judgement judgement) {
    function.release();
    Kept before =
        kept.put(
            new Name(function.name(), shape), new Kept(function, judgement, nanos.getAsLong()));
    servers.add(server);
    if (before != null) {
      before.function().close();
    }
  }

  boolean holds(ToxiproxyServer server) {
    return servers.contains(server);
  }

  /** How many there are. */
  public int count() {
    return kept.size();
  }

  /** How long {@link #look} waits at most. */
  public Duration waiting() {
    long now = nanos.getAsLong();
    long youngest = kept.values().stream().mapToLong(Kept::since).max().orElse(now);
    Duration left = IDLE.minusNanos(now - youngest);
    return left.compareTo(SETTLE) > 0 ? left : SETTLE;
  }

  /** Thaws them all, waits for idle timeouts, and says of each what came of its leak. */
  public Map<Name, Healing> look() throws InterruptedException {
    kept.values().forEach(each -> each.function().runFree());
    pause.of(waiting());
    Map<Name, Healing> seen = new LinkedHashMap<>();
    kept.forEach(
        (name, each) ->
            each.function()
                .levelsNow()
                .flatMap(now -> Judge.afterIdle(each.judgement(), now).healing())
                .ifPresent(healing -> seen.put(name, healing)));
    return seen;
  }

  private static long availableKilobytes() {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/meminfo"))) {
        if (line.startsWith("MemAvailable:")) {
          return Long.parseLong(line.replaceAll("\\D+", ""));
        }
      }
    } catch (IOException e) {
      // No machine that this runs on is without; if one is, nothing is kept.
      return 0;
    }
    return 0;
  }

  /** Ends them. */
  @Override
  public void close() {
    List<Kept> all = new ArrayList<>(kept.values());
    kept.clear();
    all.forEach(each -> each.function().close());
    servers.forEach(ToxiproxyServer::close);
    servers.clear();
  }
}
