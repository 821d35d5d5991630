package io.leakguard.chaos.report;

import io.leakguard.chaos.results.CellResult;
import io.leakguard.chaos.results.FindingResult;
import io.leakguard.chaos.results.Results;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What all reports say in the same words. */
final class Words {
  /** What to do about a finding; in a checkout and in the zip. */
  static final String RUNBOOK = "docs/runbook.md";

  private static final String SUFFIX = "Function";

  /** Less growth than this, per invocation, is not shown as growth. */
  private static final double SMALLEST = 0.05;

  /** Resources in the order in which one of them is named, each with its unit. */
  private static final Map<String, String> UNITS =
      Map.of(
          "threads", "",
          "sockets", " sock",
          "descriptors", " desc",
          "backlog", " queued",
          "duplicates", " dup");

  private static final List<String> NAMED =
      List.of("threads", "sockets", "descriptors", "backlog", "duplicates");

  /** More names than this do not belong into a line. */
  private static final int MOST_NAMES = 3;

  private Words() {}

  /** The whole run in one line. */
  static String verdict(Results results) {
    if (results.cells().isEmpty()) {
      return "No cell was finished";
    }
    if (!results.controlsHold()) {
      return "This run proves nothing: its controls were misjudged";
    }
    List<String> parts = new ArrayList<>();
    List<String> leaking = leakingFunctions(results);
    if (!leaking.isEmpty()) {
      parts.add(count(leaking.size(), "function leaks", "functions leak") + names(leaking));
    }
    add(parts, functions(results, "failed"), "fails without a fault", "fail without a fault");
    long unjudged = results.cells().stream().filter(CellResult::isUnjudged).count();
    if (unjudged > 0) {
      parts.add(count(unjudged, "cell could not be judged", "cells could not be judged"));
    }
    if (!results.missingShards().isEmpty()) {
      parts.add(count(results.missingShards().size(), "shard is missing", "shards are missing"));
    }
    if (parts.isEmpty()) {
      boolean accepted = results.cells().stream().anyMatch(CellResult::leaks);
      return accepted ? "Nothing leaks but what is accepted" : "Nothing leaks";
    }
    return capital(String.join(", ", parts));
  }

  private static List<String> leakingFunctions(Results results) {
    return results.cells().stream()
        .filter(CellResult::counts)
        .map(CellResult::function)
        .distinct()
        .toList();
  }

  private static String names(List<String> functions) {
    return functions.size() > MOST_NAMES
        ? ""
        : " (" + String.join(", ", functions.stream().map(Words::shortName).toList()) + ")";
  }

  private static long functions(Results results, String verdict) {
    return results.cells().stream()
        .filter(cell -> cell.verdict().equals(verdict))
        .map(CellResult::function)
        .distinct()
        .count();
  }

  private static void add(List<String> parts, long count, String one, String many) {
    if (count > 0) {
      parts.add(count(count, "function " + one, "functions " + many));
    }
  }

  /** A text that begins a sentence; not empty. */
  static String capital(String text) {
    return Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }

  static String count(long count, String one, String many) {
    return count + " " + (count == 1 ? one : many);
  }

  /** How many cells got which verdict. */
  static String counts(Results results) {
    List<String> parts = new ArrayList<>();
    for (String verdict : List.of("leak", "failed", "harness-fault", "clean")) {
      long count = results.cells().stream().filter(cell -> cell.verdict().equals(verdict)).count();
      if (count > 0) {
        parts.add(count + " " + verdict.replace('-', ' '));
      }
    }
    return String.join(", ", parts)
        + " of "
        + count(results.cells().size(), "cell", "cells")
        + " ("
        + count(results.functionNames().size(), "function", "functions")
        + ", "
        + count(results.shapeNames().size(), "shape", "shapes")
        + ")";
  }

  /** What a cell says: a word, and the growth where there is any. */
  static String word(CellResult cell) {
    return switch (cell.verdict()) {
      case "clean", "failed" -> cell.verdict();
      case "leak" -> (cell.counts() ? "LEAK " : "accepted ") + growth(cell);
      default -> cell.verdict().replace('-', ' ');
    };
  }

  /** Of the largest finding, else of the first resource that grows. */
  private static String growth(CellResult cell) {
    if (!cell.findings().isEmpty()) {
      FindingResult first = cell.findings().get(0);
      return first.perInvocation() == null ? "" : growth(resource(first), first.perInvocation());
    }
    for (String resource : NAMED) {
      Double slope = cell.slope(resource);
      if (slope != null && slope >= SMALLEST) {
        return growth(resource, slope);
      }
    }
    return "";
  }

  private static String growth(String resource, double slope) {
    return String.format(Locale.ROOT, "+%.1f%s", slope, UNITS.getOrDefault(resource, ""));
  }

  /** The logical id without the suffix that all of them tend to have. */
  static String shortName(String function) {
    return function.endsWith(SUFFIX) && function.length() > SUFFIX.length()
        ? function.substring(0, function.length() - SUFFIX.length())
        : function;
  }

  /** What there is more and more of, in the plural. */
  static String things(FindingResult finding) {
    return switch (finding.kind()) {
      case "thread" -> "threads";
      case "virtual-thread" -> "virtual threads";
      case "socket" -> "sockets";
      case "descriptor" -> "descriptors";
      case "backlog" -> "queued tasks";
      case "duplicate" -> "duplicated requests";
      default -> finding.kind();
    };
  }

  /** The name of a finding's resource among the slopes of its cell. */
  static String resource(FindingResult finding) {
    return switch (finding.kind()) {
      case "thread", "virtual-thread" -> "threads";
      case "backlog" -> "backlog";
      default -> finding.kind() + "s";
    };
  }

  /** A finding in one sentence. */
  static String sentence(CellResult cell, FindingResult finding) {
    StringBuilder text = new StringBuilder(things(finding));
    text.append(" grow");
    if (finding.perInvocation() != null) {
      text.append(String.format(Locale.ROOT, " by %.1f per invocation", finding.perInvocation()));
    }
    List<Double> interval = cell.intervals().getOrDefault(resource(finding), List.of());
    if (interval.size() == 2) {
      text.append(
          String.format(
              Locale.ROOT, " (95 %% interval %.1f to %.1f)", interval.get(0), interval.get(1)));
    }
    return capital(text.toString());
  }

  /** What becomes of what is left behind, or empty. */
  static String healing(CellResult cell, FindingResult finding) {
    if (!cell.healing().isEmpty() && !cell.healing().equals("not looked at")) {
      return cell.healing();
    }
    if (finding.heals() == null) {
      return "";
    }
    return finding.heals() ? "gone once the fault is over" : "still there after the fault is over";
  }

  /** Whether threads grow and memory is flat, or both, in one sentence. */
  static String memory(CellResult cell) {
    if (!cell.memoryVerdict().isEmpty()) {
      return cell.memoryVerdict();
    }
    Double threads = cell.slope("threads");
    if (threads == null) {
      return "";
    }
    String growth =
        threads >= SMALLEST
            ? String.format(Locale.ROOT, "threads grow by %.1f per invocation", threads)
            : "threads stay flat";
    return growth + "; what the heap does was not measured";
  }

  /** A number with no more digits than it needs. */
  static String number(double value) {
    double rounded = Math.round(value * 100) / 100.0;
    return rounded == Math.rint(rounded) ? Long.toString((long) rounded) : Double.toString(rounded);
  }

  /** Seconds as a person says them. */
  static String duration(double seconds) {
    if (seconds < 100) {
      return number(Math.round(seconds * 10) / 10.0) + " s";
    }
    if (seconds < 100 * 60) {
      return Math.round(seconds / 60) + " minutes";
    }
    if (seconds < 48 * 3600) {
      return Math.round(seconds / 3600) + " hours";
    }
    return Math.round(seconds / 86_400) + " days";
  }
}
