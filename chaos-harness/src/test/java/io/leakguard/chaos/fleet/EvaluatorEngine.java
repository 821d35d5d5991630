package io.leakguard.chaos.fleet;

import java.util.List;
import java.util.Map;

/** Answers queries by the small evaluator. */
record EvaluatorEngine(List<LogLine> lines) implements Engine {
  @Override
  public Answer ask(GuardQuery query, String prefix) {
    return answer(lines, query.withSource(prefix));
  }

  @Override
  public Answer ask(GuardQuery query, List<String> groups) {
    return answer(
        lines.stream().filter(line -> groups.contains(line.logGroup())).toList(), query.text());
  }

  private static Answer answer(List<LogLine> lines, String query) {
    List<Map<String, String>> rows = new InsightsEvaluator(lines).rows(query);
    long bytes = lines.stream().mapToLong(line -> line.message().length()).sum();
    return new Answer(rows, new Cost(1, bytes, lines.size()));
  }
}
