package io.leakguard.chaos.fleet;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
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
  private static final int DEPLOYS = 8;
  private static final String[] VERDICTS = {"ESCAPED", "GROWING", "BOUNDED", "RECOVERED"};

  private static final long KIND = (1L << 26) - 1;

  /** Sorted, packed: milliseconds since the start, then what the line is. */
  private final long[] lines = new long[LINES];

  private final Instant start;
  private final AtomicInteger queries = new AtomicInteger();

  /** What a line is. */
  record Kind(int service, int version, int fingerprint, int verdict) {
    String function() {
      return "service-" + service;
    }
  }

  private static String fingerprintText(int fingerprint) {
    return "%012x".formatted(fingerprint);
  }

  GeneratedLogs(Instant start, Duration length, long seed) {
    this.start = start;
    SplittableRandom dice = new SplittableRandom(seed);
    long half = length.toMillis() / 2;
    for (int i = 0; i < LINES; i++) {
      int fingerprint = dice.nextInt(FINGERPRINTS);
      long time = fingerprint % 4 == 0 ? half + dice.nextLong(half) : dice.nextLong(2 * half);
      int service = (fingerprint * 7 + dice.nextInt(4)) % SERVICES;
      // Deployed in the middle between the borders of windows: rows of one key come from several.
      int version = (int) ((time + half / DEPLOYS) * DEPLOYS / (2 * half));
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
    long[] counts = new long[FINGERPRINTS];
    for (long line : lines) {
      Kind kind = kind(line);
      if (isIn(window, line) && VERDICTS[kind.verdict()].equals("GROWING")) {
        counts[kind.fingerprint()]++;
      }
    }
    Map<String, Long> named = new HashMap<>();
    for (int i = 0; i < FINGERPRINTS; i++) {
      if (counts[i] > 0) {
        named.put(fingerprintText(i), counts[i]);
      }
    }
    return named;
  }

  /** The first line of each fingerprint, counted one by one. */
  Map<String, Instant> firstSeen() {
    Map<String, Instant> first = new HashMap<>();
    BitSet seen = new BitSet();
    for (long line : lines) {
      int fingerprint = kind(line).fingerprint();
      if (!seen.get(fingerprint)) {
        seen.set(fingerprint);
        first.put(fingerprintText(fingerprint), start.plusMillis(time(line)));
      }
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

  /** Where the lines of a moment and later ones begin. */
  private int firstAt(Instant time) {
    int found = Arrays.binarySearch(lines, Duration.between(start, time).toMillis() << 26);
    return found < 0 ? -found - 1 : found;
  }

  private Answer answer(Window window) {
    queries.incrementAndGet();
    Map<Long, long[]> counts = new HashMap<>();
    int from = firstAt(window.start());
    int to = firstAt(window.end());
    for (int i = from; i < to; i++) {
      long time = time(lines[i]);
      long[] seen = counts.computeIfAbsent(lines[i] & KIND, k -> new long[] {0, time, 0});
      seen[0]++;
      seen[2] = time;
    }
    List<Map<String, String>> rows = new ArrayList<>();
    counts.forEach((kind, seen) -> rows.add(row(kind(kind), seen)));
    rows.sort(
        Comparator.comparingLong((Map<String, String> row) -> Long.parseLong(row.get("lines")))
            .reversed());
    return new Answer(
        rows.subList(0, Math.min(rows.size(), GuardQuery.ROW_LIMIT)),
        new Cost(1, (to - from) * 1_000.0, to - from));
  }

  private Map<String, String> row(Kind kind, long[] seen) {
    return Map.of(
        "FunctionName", kind.function(),
        "FunctionVersion", String.valueOf(kind.version()),
        "fingerprint", fingerprintText(kind.fingerprint()),
        "verdict", VERDICTS[kind.verdict()],
        "kind", "thread",
        "familyName", "worker-N",
        "lines", String.valueOf(seen[0]),
        "firstSeen", String.valueOf(start.toEpochMilli() + seen[1]),
        "lastSeen", String.valueOf(start.toEpochMilli() + seen[2]),
        "threads", String.valueOf(seen[0]));
  }
}
