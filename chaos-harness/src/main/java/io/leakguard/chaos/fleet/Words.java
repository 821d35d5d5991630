package io.leakguard.chaos.fleet;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The words that the terminal and the Markdown report share. */
final class Words {
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter SHORT =
      DateTimeFormatter.ofPattern("MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

  private Words() {}

  static String title(FleetReport report) {
    return "LeakGuard fleet: " + report.question().prefix() + " in " + report.region();
  }

  static String windows(FleetReport report) {
    Window window = report.question().window();
    return "%s to %s UTC, against the %s before"
        .formatted(
            MINUTE.format(window.start()),
            MINUTE.format(window.end()),
            span(report.question().before().length()));
  }

  static String minute(Instant time) {
    return SHORT.format(time);
  }

  static String span(Duration time) {
    if (time.toDays() > 2 && time.equals(Duration.ofDays(time.toDays()))) {
      return time.toDays() + " days";
    }
    return time.toMinutesPart() == 0 ? time.toHours() + " h" : time.toMinutes() + " min";
  }

  static String change(Leak leak) {
    return leak.change() == Change.NEW
        ? "new"
        : String.format(Locale.ROOT, "x %.1f", leak.growth());
  }

  /** The function with the most reports, its versions, and how many more there are. */
  static String functions(Leak leak) {
    Leak.Place first = leak.functions().get(0);
    String text = name(first.function()) + " " + String.join(", ", first.versions());
    int more = leak.functions().size() - 1;
    return more == 0 ? text : text + " and " + more + " more";
  }

  static String deploy(Leak.Deploy deploy) {
    String build = name(deploy.function()) + " " + deploy.build().text();
    return deploy.previous() == null
        ? build + " or earlier"
        : build + ", after " + deploy.previous().text();
  }

  static String owner(Leak leak) {
    String owner = leak.functions().get(0).owner();
    return owner.isEmpty() ? "-" : owner;
  }

  static String what(Leak leak) {
    String kind = leak.kind().isEmpty() ? "thread" : leak.kind();
    String family = leak.family().isEmpty() ? "of unknown family" : leak.family();
    return String.format(
        Locale.ROOT, "%s %s, up to %,.0f in one environment", kind, family, leak.most());
  }

  private static String name(String function) {
    return function.isEmpty() ? "unknown" : function;
  }

  /** The sentences under the table. */
  static List<String> summary(FleetReport report) {
    List<String> lines = new ArrayList<>();
    FleetReport.Counts counts = report.counts();
    lines.add(
        "%s: %d new, %d more than doubled, %d as before; %d of the window before gone"
            .formatted(
                plural(counts.leaks(), "leak"),
                counts.fresh(),
                counts.grown(),
                counts.leaks() - counts.fresh() - counts.grown(),
                counts.gone()));
    if (report.leaks().size() < counts.leaks()) {
      lines.add("the first " + report.leaks().size() + " of them are shown");
    }
    if (counts.suspects() > 0) {
      lines.add(plural(counts.suspects(), "suspect") + ", not confirmed, not shown");
    }
    lines.add(coverage(report.coverage()));
    return lines;
  }

  private static String coverage(Coverage coverage) {
    String text =
        "a guard was heard in %d of %s; %d wrote nothing in both windows"
            .formatted(
                coverage.guarded(), plural(coverage.functions(), "function"), coverage.idle());
    if (coverage.otherRuntimes() > 0) {
      text += "; " + coverage.otherRuntimes() + " of other runtimes left out";
    }
    return coverage.listed()
        ? text
        : text + " (Lambda may not be asked: each log group is taken for a function)";
  }

  static String cost(FleetReport report) {
    Cost cost = report.cost();
    return String.format(
        Locale.ROOT,
        "cost: %s, %,.0f lines and %.3f GB scanned, about %.4f USD at %s",
        plural(cost.queries(), "query", "queries"),
        cost.lines(),
        cost.gigabytes(),
        cost.dollars(report.question().price()),
        price(report.question().price()));
  }

  private static String price(double price) {
    String text = price + " USD per GB";
    return price == Cost.LIST_PRICE ? text + " (us-east-1's list price for Logs Insights)" : text;
  }

  private static String plural(long count, String noun) {
    return plural(count, noun, noun + "s");
  }

  private static String plural(long count, String one, String many) {
    return String.format(Locale.ROOT, "%,d %s", count, count == 1 ? one : many);
  }
}
