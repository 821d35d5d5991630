package io.leakguard.chaos.fleet;

import java.util.List;
import java.util.Map;

/**
 * What a query brought.
 *
 * @param rows field to value; what a row does not have is absent
 */
record Answer(List<Map<String, String>> rows, Cost cost) {
  boolean isFull() {
    return rows.size() >= GuardQuery.ROW_LIMIT;
  }
}
