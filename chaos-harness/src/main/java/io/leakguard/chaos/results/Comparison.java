package io.leakguard.chaos.results;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What changed from one run to another, by finding. A finding that is gone is fixed only where the
 * later run has judged a cell that showed it.
 *
 * @param changes one per function and finding, the gravest first
 * @param unjudged cells that the later run could not judge, in words
 */
public record Comparison(List<Change> changes, List<String> unjudged) {
  /** Less growth than this, per invocation, is the noise between two runs. */
  private static final double NOISE = 0.25;

  /** What became of a finding. */
  public enum Kind {
    NEW("new"),
    GROWN("grown"),
    UNCHANGED("unchanged"),
    FIXED("fixed"),
    /** No cell that showed it was judged again. */
    NOT_JUDGED("not judged");

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    /** The word that people see. */
    public String text() {
      return text;
    }
  }

  /**
   * A finding in both runs.
   *
   * @param kind what became of it
   * @param function where it is
   * @param finding as the later run has it; as the earlier one had it when the later has none
   * @param before growth per invocation by shape, in the earlier run
   * @param after growth per invocation by shape, in the later run
   * @param accepted whether all of it is accepted in the later run
   */
  public record Change(
      Kind kind,
      String function,
      FindingResult finding,
      Map<String, Double> before,
      Map<String, Double> after,
      boolean accepted) {}

  /** Which changes fail a build. */
  public enum Policy {
    NEW,
    GROWN,
    ANY
  }

  private record Bug(String function, String key) {}

  private record Seen(CellResult cell, FindingResult finding) {}

  /** Compares two runs. */
  public static Comparison of(Results before, Results after) {
    Map<Bug, List<Seen>> old = bugs(before);
    Map<Bug, List<Seen>> fresh = bugs(after);
    Set<Bug> all = new LinkedHashSet<>(fresh.keySet());
    all.addAll(old.keySet());
    List<Change> changes = new ArrayList<>();
    for (Bug bug : all) {
      changes.add(
          change(
              bug,
              old.getOrDefault(bug, List.of()),
              fresh.getOrDefault(bug, List.of()),
              before,
              after));
    }
    changes.sort((a, b) -> a.kind().compareTo(b.kind()));
    return new Comparison(List.copyOf(changes), unjudged(before, after));
  }

  private static Map<Bug, List<Seen>> bugs(Results results) {
    Map<Bug, List<Seen>> bugs = new LinkedHashMap<>();
    for (CellResult cell : results.cells()) {
      if (cell.leaks()) {
        for (FindingResult finding : cell.findings()) {
          bugs.computeIfAbsent(new Bug(cell.function(), finding.key()), key -> new ArrayList<>())
              .add(new Seen(cell, finding));
        }
      }
    }
    return bugs;
  }

  private static Change change(
      Bug bug, List<Seen> old, List<Seen> fresh, Results before, Results after) {
    Kind kind;
    if (fresh.isEmpty()) {
      kind =
          old.stream().anyMatch(seen -> isJudged(after, seen.cell()))
              ? Kind.FIXED
              : Kind.NOT_JUDGED;
    } else if (old.isEmpty()) {
      kind = Kind.NEW;
    } else {
      kind =
          fresh.stream().anyMatch(seen -> hasGrown(seen, old, before))
              ? Kind.GROWN
              : Kind.UNCHANGED;
    }
    return new Change(
        kind,
        bug.function(),
        (fresh.isEmpty() ? old : fresh).get(0).finding(),
        rates(old),
        rates(fresh),
        !fresh.isEmpty() && fresh.stream().allMatch(seen -> seen.finding().isAccepted()));
  }

  /** Under a shape that was clean before, or clearly more of it than before. */
  private static boolean hasGrown(Seen seen, List<Seen> old, Results before) {
    for (Seen known : old) {
      if (known.cell().shape().equals(seen.cell().shape())) {
        Double was = known.finding().perInvocation();
        Double is = seen.finding().perInvocation();
        return was != null && is != null && is - was >= NOISE;
      }
    }
    return before
        .cell(seen.cell().function(), seen.cell().shape())
        .filter(cell -> cell.verdict().equals("clean"))
        .isPresent();
  }

  private static boolean isJudged(Results results, CellResult cell) {
    return results
        .cell(cell.function(), cell.shape())
        .filter(found -> !found.isUnjudged() && !found.verdict().equals("failed"))
        .isPresent();
  }

  private static Map<String, Double> rates(List<Seen> seen) {
    Map<String, Double> rates = new TreeMap<>();
    for (Seen each : seen) {
      Double rate = each.finding().perInvocation();
      rates.put(each.cell().shape(), rate == null ? Double.NaN : rate);
    }
    return rates;
  }

  private static List<String> unjudged(Results before, Results after) {
    List<String> cells = new ArrayList<>();
    for (CellResult cell : after.cells()) {
      boolean lost =
          before.cell(cell.function(), cell.shape()).filter(was -> !was.isUnjudged()).isPresent();
      if (cell.isUnjudged() && lost) {
        cells.add(cell.function() + " under " + cell.shape() + ": " + cell.reason());
      }
    }
    // Nothing of such a part is in the file: without this a gate would pass where a machine has
    // died.
    after.missingShards().forEach(shard -> cells.add("shard " + shard + ": missing"));
    return List.copyOf(cells);
  }

  /** Changes of a kind. */
  public List<Change> of(Kind kind) {
    return changes.stream().filter(change -> change.kind() == kind).toList();
  }

  /** Whether a change fails a build under a policy; what is accepted fails none. */
  public static boolean fails(Change change, Policy policy) {
    if (change.accepted()) {
      return false;
    }
    return switch (policy) {
      case NEW -> change.kind() == Kind.NEW;
      case GROWN -> change.kind() == Kind.NEW || change.kind() == Kind.GROWN;
      case ANY -> change.kind() != Kind.FIXED && change.kind() != Kind.NOT_JUDGED;
    };
  }

  /**
   * 2 when a change fails under the policy, else 4 when a cell is no longer judged or a shard of
   * the later run is missing, else 0.
   */
  public int exitCode(Policy policy) {
    if (changes.stream().anyMatch(change -> fails(change, policy))) {
      return 2;
    }
    return unjudged.isEmpty() ? 0 : 4;
  }
}
