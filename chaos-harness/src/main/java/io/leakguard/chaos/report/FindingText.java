package io.leakguard.chaos.report;

import io.leakguard.chaos.verdict.Finding;
import io.leakguard.chaos.verdict.Judgement;
import io.leakguard.chaos.verdict.Resource;
import io.leakguard.chaos.verdict.Slope;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The findings in words. One bug shows under many shapes: it is told once, for the first of them,
 * and the others are named.
 */
final class FindingText {
  private static final int FRAMES = 6;

  /** Columns right of the labels in a report of a hundred. */
  private static final int WIDTH = 89;

  private FindingText() {}

  private record Sighting(Cell cell, Finding finding) {}

  static List<String> of(List<Cell> cells) {
    Map<String, List<Sighting>> bugs = new LinkedHashMap<>();
    for (Cell cell : cells) {
      for (Finding finding : cell.judgement().findings()) {
        String bug = cell.function() + " " + finding.kind() + " " + identity(finding);
        bugs.computeIfAbsent(bug, key -> new ArrayList<>()).add(new Sighting(cell, finding));
      }
    }
    List<String> lines = new ArrayList<>();
    bugs.values().forEach(sightings -> lines.addAll(block(sightings)));
    return lines;
  }

  private static String identity(Finding finding) {
    return finding.fingerprint() != null ? finding.fingerprint() : finding.family();
  }

  private static List<String> block(List<Sighting> sightings) {
    Cell cell = sightings.get(0).cell();
    Finding finding = sightings.get(0).finding();
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add(
        (finding.kind().equals("duplicate") ? "NOTE  " : "LEAK  ")
            + cell.function()
            + " under "
            + cell.shape()
            + ": "
            + growth(cell, finding));
    line(lines, "family", finding.family() + count(finding));
    if (finding.stack() != null) {
      List<String> frames = finding.stack();
      for (int i = 0; i < Math.min(FRAMES, frames.size()); i++) {
        line(lines, i == 0 ? "at" : "", frames.get(i));
      }
    }
    line(lines, "started", innermost(finding.createdBy()));
    line(
        lines, "left by", finding.requestId() == null ? null : "invocation " + finding.requestId());
    line(lines, "means", finding.diagnosis());
    if (sightings.size() > 1) {
      line(lines, "also", others(sightings));
    }
    line(lines, "again", cell.replay());
    return lines;
  }

  /** One labelled text, broken between words where it is wider than the report. */
  private static void line(List<String> lines, String label, String text) {
    if (text == null || text.isEmpty()) {
      return;
    }
    String rest = text;
    String shown = label;
    while (rest.length() > WIDTH) {
      int end = rest.lastIndexOf(' ', WIDTH);
      if (end <= 0) {
        break;
      }
      lines.add(labelled(shown, rest.substring(0, end)));
      rest = rest.substring(end + 1);
      shown = "";
    }
    lines.add(labelled(shown, rest));
  }

  private static String labelled(String label, String text) {
    return String.format(Locale.ROOT, "  %-8s %s", label, text);
  }

  private static String growth(Cell cell, Finding finding) {
    Judgement judgement = cell.judgement();
    Slope slope = judgement.slope(resource(finding));
    return String.format(
        Locale.ROOT,
        "+%.1f %s per invocation (%.1f to %.1f)%s",
        finding.perInvocation(),
        unit(finding),
        slope.low(),
        slope.high(),
        finding.heals() ? ", heals" : "");
  }

  private static Resource resource(Finding finding) {
    return switch (finding.kind()) {
      case "socket" -> Resource.SOCKETS;
      case "descriptor" -> Resource.DESCRIPTORS;
      case "backlog" -> Resource.BACKLOG;
      case "duplicate" -> Resource.DUPLICATES;
      default -> Resource.THREADS;
    };
  }

  private static String unit(Finding finding) {
    return switch (finding.kind()) {
      case "backlog" -> "waiting tasks";
      case "duplicate" -> "repeated requests";
      default -> finding.kind().replace('-', ' ') + "s";
    };
  }

  private static String count(Finding finding) {
    return ", "
        + finding.alive()
        + " left by the first fault"
        + (finding.state() == null ? "" : ", " + finding.state());
  }

  /** Who started it is one frame to a reader; results.json has all of them. */
  private static String innermost(String createdBy) {
    return createdBy == null ? null : createdBy.lines().findFirst().orElse(null);
  }

  private static String others(List<Sighting> sightings) {
    return String.join(
        ", ", sightings.stream().skip(1).map(sighting -> sighting.cell().shape()).toList());
  }
}
