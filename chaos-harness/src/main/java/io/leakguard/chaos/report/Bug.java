package io.leakguard.chaos.report;

import io.leakguard.chaos.results.CellResult;
import io.leakguard.chaos.results.FindingResult;
import io.leakguard.chaos.results.Results;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One finding of one function, with the cells that show it: it is told once, for the first.
 *
 * @param sightings at least one
 */
record Bug(List<Sighting> sightings) {
  /** A cell that shows it, and how. */
  record Sighting(CellResult cell, FindingResult finding) {}

  /** The bugs of a run, in the order of its cells. */
  static List<Bug> of(Results results) {
    Map<String, List<Sighting>> bugs = new LinkedHashMap<>();
    for (CellResult cell : results.cells()) {
      for (FindingResult finding : cell.findings()) {
        bugs.computeIfAbsent(
                cell.function() + " " + finding.kind() + " " + finding.key(),
                key -> new ArrayList<>())
            .add(new Sighting(cell, finding));
      }
    }
    return bugs.values().stream().map(Bug::new).toList();
  }

  CellResult cell() {
    return sightings.get(0).cell();
  }

  FindingResult finding() {
    return sightings.get(0).finding();
  }

  String function() {
    return cell().function();
  }

  /** Whether it is accepted wherever it shows. */
  boolean isAccepted() {
    return sightings.stream().allMatch(sighting -> sighting.finding().isAccepted());
  }

  /** Shapes that show it too. */
  List<String> otherShapes() {
    return sightings.stream().skip(1).map(sighting -> sighting.cell().shape()).toList();
  }
}
