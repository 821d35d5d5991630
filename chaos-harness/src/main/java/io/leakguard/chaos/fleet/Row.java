package io.leakguard.chaos.fleet;

import io.leakguard.chaos.text.Printable;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Lines that agree in their key, counted.
 *
 * @param most the most threads, or things of another kind, of which one line tells
 * @param family empty in signs of life
 * @param meaning the diagnosis; maybe empty
 * @param startedBy the innermost frame of who started it; maybe empty
 */
record Row(
    LineKey key,
    long lines,
    Instant first,
    Instant last,
    double most,
    String family,
    String meaning,
    String startedBy) {
  private static final DateTimeFormatter SPELLED =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS", Locale.ROOT);

  /**
   * Reads a row of an answer.
   *
   * @throws FleetException when it is none of this query
   */
  static Row of(Map<String, String> row) {
    try {
      return new Row(
          LineKey.of(row),
          number(row, "lines").longValueExact(),
          time(row.get("firstSeen")),
          time(row.get("lastSeen")),
          Math.max(number(row, "threads").doubleValue(), number(row, "most").doubleValue()),
          Printable.of(row.getOrDefault("familyName", "")),
          Printable.of(row.getOrDefault("meaning", "")),
          Printable.firstLineOf(row.getOrDefault("creators", "")));
    } catch (ArithmeticException
        | DateTimeParseException
        | NumberFormatException
        | NullPointerException e) {
      throw new FleetException("Logs Insights answered with a row of another query: " + row, e);
    }
  }

  private static BigDecimal number(Map<String, String> row, String field) {
    String text = row.getOrDefault(field, "");
    return text.isBlank() ? BigDecimal.ZERO : new BigDecimal(text.strip());
  }

  /** A time that was aggregated is a number of milliseconds; others are spelled out. */
  private static Instant time(String text) {
    if (text.indexOf(':') > 0) {
      return LocalDateTime.parse(text.strip(), SPELLED).toInstant(ZoneOffset.UTC);
    }
    return Instant.ofEpochMilli(new BigDecimal(text.strip()).longValueExact());
  }

  /** The same lines and others of the same key: counts add up, bounds widen. */
  private Row plus(Row other) {
    return new Row(
        key,
        lines + other.lines,
        first.isBefore(other.first) ? first : other.first,
        last.isAfter(other.last) ? last : other.last,
        Math.max(most, other.most),
        later(family, other.family),
        later(meaning, other.meaning),
        later(startedBy, other.startedBy));
  }

  /** As the query chooses among the lines of one answer. */
  private static String later(String one, String other) {
    return one.compareTo(other) >= 0 ? one : other;
  }

  /** One row for each key. */
  static List<Row> merged(Collection<Row> rows) {
    Map<LineKey, Row> byKey = new LinkedHashMap<>();
    rows.forEach(row -> byKey.merge(row.key, row, Row::plus));
    return List.copyOf(byKey.values());
  }
}
