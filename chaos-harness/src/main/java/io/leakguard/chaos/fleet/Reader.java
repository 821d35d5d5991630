package io.leakguard.chaos.fleet;

import java.util.List;
import java.util.function.Function;

/** Reads windows whole: where an answer is full, it asks about each half instead. */
final class Reader {
  private final Function<GuardQuery, Answer> asking;

  private Reader(Function<GuardQuery, Answer> asking) {
    this.asking = asking;
  }

  static Reader ofPrefix(Engine engine, String prefix) {
    return new Reader(query -> engine.ask(query, prefix));
  }

  static Reader ofGroups(Engine engine, List<String> groups) {
    return new Reader(query -> engine.ask(query, groups));
  }

  Reading read(Window window) {
    Answer answer = asking.apply(GuardQuery.of(window));
    if (answer.isFull() && window.isSplittable()) {
      // Its rows are dropped: nobody knows which of their counts are whole.
      Reading first = read(window.firstHalf());
      Reading second = read(window.secondHalf());
      return Reading.sum(List.of(first, second)).at(answer.cost());
    }
    List<Row> rows = Row.merged(answer.rows().stream().map(Row::of).toList());
    return new Reading(rows, answer.cost(), answer.isFull() ? List.of(window) : List.of());
  }
}
