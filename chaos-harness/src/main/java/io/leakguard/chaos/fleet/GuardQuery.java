package io.leakguard.chaos.fleet;

import java.util.List;

/**
 * The one question that is asked, in Logs Insights' language: each kind of line that guards write,
 * counted.
 *
 * <p>Findings and signs of life come with the same answer, since a query is paid by the bytes that
 * it reads and not by what it asks.
 *
 * @param text the query, without the log groups
 * @param window the span that its filter names
 */
record GuardQuery(String text, Window window) {
  /** Logs Insights answers with so many rows at most. */
  static final int ROW_LIMIT = 10_000;

  /** Two rows never agree in all of these. */
  static final List<String> KEYS =
      List.of(
          "FunctionName",
          "FunctionVersion",
          "commit",
          "fingerprint",
          "kind",
          "verdict",
          "leakguard.guard",
          "leakguard.function",
          "leakguard.version",
          "leakguard.commit");

  /**
   * Asks about a window.
   *
   * <p>The window stands in the query too, to the millisecond: the service's own bounds are seconds
   * and both inclusive, so that a line at the border of two windows would count twice.
   */
  static GuardQuery of(Window window) {
    String text =
        """
        filter ispresent(LeakedThreads) or ispresent(leakguard.guard)
        | filter toMillis(@timestamp) >= %d and toMillis(@timestamp) < %d
        | stats count(*) as lines, min(@timestamp) as firstSeen, max(@timestamp) as lastSeen, \
        max(groupThreads) as threads, max(amount) as most, sortsLast(family) as familyName, \
        sortsLast(diagnosis) as meaning, sortsLast(createdBy) as creators by %s
        | sort lines desc
        | limit %d\
        """
            .formatted(
                window.start().toEpochMilli(),
                window.end().toEpochMilli(),
                String.join(", ", KEYS),
                ROW_LIMIT);
    return new GuardQuery(text, window);
  }

  /** The query over all log groups whose names begin so. */
  String withSource(String prefix) {
    return "SOURCE logGroups(namePrefix: ['" + prefix + "'])\n| " + text;
  }
}
