package io.leakguard.chaos.fleet;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes one line of each fingerprint out of the rows of two windows. */
final class Leaks {
  private static final Comparator<Leak> MOST_URGENT_FIRST =
      Comparator.comparing(Leak::change)
          .thenComparing(Comparator.comparingLong(Leak::count).reversed())
          .thenComparing(Leak::fingerprint);

  private final List<Row> later;
  private final List<Row> earlier;

  /** How many times as long the later window is. */
  private final double scale;

  Leaks(List<Row> later, List<Row> earlier, double scale) {
    this.later = later;
    this.earlier = earlier;
    this.scale = scale;
  }

  /** All that are confirmed in the later window: new ones, then grown ones, then the rest. */
  List<Leak> all() {
    Map<String, List<Row>> before = byFingerprint(earlier);
    List<Leak> leaks = new ArrayList<>();
    byFingerprint(later)
        .forEach(
            (fingerprint, rows) -> {
              if (rows.stream().anyMatch(row -> row.key().isConfirmed())) {
                leaks.add(leak(fingerprint, rows, before.getOrDefault(fingerprint, List.of())));
              }
            });
    leaks.sort(MOST_URGENT_FIRST);
    return leaks;
  }

  /** How many were confirmed in the earlier window and have no confirmed report any more. */
  long gone() {
    Map<String, List<Row>> now = byFingerprint(later);
    return byFingerprint(earlier).entrySet().stream()
        .filter(entry -> confirmed(entry.getValue()) > 0)
        .filter(entry -> confirmed(now.getOrDefault(entry.getKey(), List.of())) == 0)
        .count();
  }

  /** How many were seen in the later window and are not confirmed. */
  long suspects() {
    return byFingerprint(later).values().stream()
        .filter(rows -> confirmed(rows) == 0)
        .filter(rows -> rows.stream().anyMatch(row -> row.key().verdict().equals("ESCAPED")))
        .count();
  }

  private static Map<String, List<Row>> byFingerprint(List<Row> rows) {
    return rows.stream()
        .filter(row -> row.key().isFinding())
        .collect(
            Collectors.groupingBy(
                row -> row.key().fingerprint(), LinkedHashMap::new, Collectors.toList()));
  }

  private static long confirmed(List<Row> rows) {
    return rows.stream().filter(row -> row.key().isConfirmed()).mapToLong(Row::lines).sum();
  }

  private Leak leak(String fingerprint, List<Row> now, List<Row> before) {
    List<Row> both = Stream.concat(before.stream(), now.stream()).toList();
    Row first = both.stream().min(Comparator.comparing(Row::first)).orElseThrow();
    long count = confirmed(now);
    long countBefore = confirmed(before);
    return new Leak(
        fingerprint,
        text(now.stream().map(row -> row.key().kind())),
        text(now.stream().map(Row::family)),
        text(both.stream().map(Row::meaning)),
        text(both.stream().map(Row::startedBy)),
        count,
        countBefore,
        countBefore == 0 ? Double.POSITIVE_INFINITY : count / scale / countBefore,
        now.stream().mapToDouble(Row::most).max().orElse(0),
        places(now),
        first.first(),
        now.stream().map(Row::last).max(Comparator.naturalOrder()).orElseThrow(),
        deploy(first));
  }

  private static String text(Stream<String> texts) {
    return texts.filter(text -> !text.isEmpty()).max(Comparator.naturalOrder()).orElse("");
  }

  private static List<Leak.Place> places(List<Row> rows) {
    Map<String, List<Row>> byFunction =
        rows.stream().collect(Collectors.groupingBy(row -> row.key().function()));
    return byFunction.entrySet().stream()
        .map(entry -> place(entry.getKey(), entry.getValue()))
        .sorted(
            Comparator.comparingLong(Leak.Place::count)
                .reversed()
                .thenComparing(Leak.Place::function))
        .toList();
  }

  private static Leak.Place place(String function, List<Row> rows) {
    TreeSet<String> versions = new TreeSet<>(Leaks::byNumber);
    rows.forEach(row -> versions.add(row.key().version()));
    return new Leak.Place(function, List.copyOf(versions), confirmed(rows), "");
  }

  /** Version 9 comes before version 12. */
  private static int byNumber(String one, String other) {
    return one.length() == other.length()
        ? one.compareTo(other)
        : Integer.compare(one.length(), other.length());
  }

  /** The newest other build of the same function that was there before, without the leak. */
  private Leak.Deploy deploy(Row first) {
    Build build = first.key().build();
    Build previous =
        Stream.concat(earlier.stream(), later.stream())
            .filter(row -> row.key().function().equals(first.key().function()))
            .filter(row -> row.first().isBefore(first.first()))
            .filter(row -> row.key().build().differsFrom(build))
            .max(Comparator.comparing((Row row) -> before(row.last(), first.first())))
            .map(row -> row.key().build())
            .orElse(null);
    return new Leak.Deploy(first.key().function(), build, previous);
  }

  private static Instant before(Instant time, Instant limit) {
    return time.isBefore(limit) ? time : limit;
  }
}
