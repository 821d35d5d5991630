package io.leakguard.chaos.fleet;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Generated lines of guards, not real ones, kept as numbers; it answers as Logs Insights would,
 * with at most 10,000 rows, those of the most lines first. What is true of the lines is also known
 * directly.
 */
final class GeneratedLogs implements Engine {
  static final int SERVICES = 200;
  static final int LINES = 1_000_000;
  static final int FINGERPRINTS = 400;
  private static final String[] VERDICTS = {"ESCAPED", "GROWING", "BOUNDED", "RECOVERED"};

  /** Sorted, packed: milliseconds since the start, then what the line is. */
  private final long[] lines = new long[LINES];

  private final Instant start;
  private final AtomicInteger queries = new AtomicInteger();

  /** What a line is. */
  record Kind(int service, int version, int fingerprint, int verdict) {
    String function() {
      return "service-" + service;
    }

    String fingerprintText() {
      return "%012x".formatted(fingerprint);
    }
  }

  GeneratedLogs(Instant start, Duration length, long seed) {
    this.start = start;
    SplittableRandom dice = new SplittableRandom(seed);
    long half = length.toMillis() / 2;
    for (int i = 0; i < LINES; i++) {
      int fingerprint = dice.nextInt(FINGERPRINTS);
      long time = fingerprint % 4 == 0 ? half + dice.nextLong(half) : dice.nextLong(2 * half);
      int service = (fingerprint * 7 + dice.nextInt(12)) % SERVICES;
      int version = time < half ? dice.nextInt(2) : 1 + dice.nextInt(3);
      lines[i] = pack(time, service, version, fingerprint, dice.nextInt(VERDICTS.length));
    }
    Arrays.sort(lines);
  }

  private static long pack(long time, int service, int version, int fingerprint, int verdict) {
    return (((time << 8 | service) << 4 | version) << 12 | fingerprint) << 2 | verdict;
  }

  private static long time(long line) {
    return line >> 26;
  }

  private static Kind kind(long line) {
    return new Kind(
        (int) (line >> 18 & 0xff),
        (int) (line >> 14 & 0xf),
        (int) (line >> 2 & 0xfff),
        (int) (line & 3));
  }

  int queries() {
    return queries.get();
  }

  /** Confirmed lines of each fingerprint within a window, counted one by one. */
  Map<String, Long> confirmed(Window window) {
    Map<String, Long> counts = new HashMap<>();
    for (long line : lines) {
      Kind kind = kind(line);
      if (isIn(window, line) && VERDICTS[kind.verdict()].equals("GROWING")) {
        counts.merge(kind.fingerprintText(), 1L, Long::sum);
      }
    }
    return counts;
  }

  /** The first line of each fingerprint, counted one by one. */
  Map<String, Instant> firstSeen() {
    Map<String, Instant> first = new HashMap<>();
    for (long line : lines) {
      first.putIfAbsent(kind(line).fingerprintText(), start.plusMillis(time(line)));
    }
    return first;
  }

  private boolean isIn(Window window, long line) {
    Instant time = start.plusMillis(time(line));
    return !time.isBefore(window.start()) && time.isBefore(window.end());
  }

  @Override
  public Answer ask(GuardQuery query, String prefix) {
    return answer(query.window());
  }

  @Override
  public Answer ask(GuardQuery query, List<String> groups) {
    throw new IllegalStateException("asked by prefix");
  }

  private Answer answer(Window window) {
    queries.incrementAndGet();
    Map<Kind, long[]> counts = new HashMap<>();
    long scanned = 0;
    for (long line : lines) {
      if (isIn(window, line)) {
        scanned++;
        long[] seen = counts.computeIfAbsent(kind(line), k -> new long[] {0, time(line), 0});
        seen[0]++;
        seen[2] = time(line);
      }
    }
    List<Map<String, String>> rows = new ArrayList<>();
    counts.forEach((kind, seen) -> rows.add(row(kind, seen)));
    rows.sort(
        Comparator.comparingLong((Map<String, String> row) -> Long.parseLong(row.get("lines")))
            .reversed());
    return new Answer(
        rows.subList(0, Math.min(rows.size(), GuardQuery.ROW_LIMIT)),
        new Cost(1, scanned * 1_000.0, scanned));
  }

  private Map<String, String> row(Kind kind, long[] seen) {
    return Map.of(
        "FunctionName", kind.function(),
        "FunctionVersion", String.valueOf(kind.version()),
        "fingerprint", kind.fingerprintText(),
        "verdict", VERDICTS[kind.verdict()],
        "kind", "thread",
        "familyName", "worker-N",
        "lines", String.valueOf(seen[0]),
        "firstSeen", String.valueOf(start.toEpochMilli() + seen[1]),
        "lastSeen", String.valueOf(start.toEpochMilli() + seen[2]),
        "threads", String.valueOf(seen[0]));
  }
}
