package io.leakguard.chaos.fleet;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * What is known of one window.
 *
 * @param rows one for each key
 * @param cutOff spans of which some rows are missing, since there were too many even so
 */
record Reading(List<Row> rows, Cost cost, List<Window> cutOff) {
  /** All of them together; their windows or their log groups have nothing in common. */
  static Reading sum(Collection<Reading> parts) {
    List<Row> rows = new ArrayList<>();
    List<Window> cutOff = new ArrayList<>();
    Cost cost = Cost.NONE;
    for (Reading part : parts) {
      rows.addAll(part.rows);
      cutOff.addAll(part.cutOff);
      cost = cost.plus(part.cost);
    }
    return new Reading(Row.merged(rows), cost, cutOff);
  }

  /** The same rows, at this cost more. */
  Reading at(Cost more) {
    return new Reading(rows, cost.plus(more), cutOff);
  }
}
