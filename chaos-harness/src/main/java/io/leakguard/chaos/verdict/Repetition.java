package io.leakguard.chaos.verdict;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Makes one verdict of several runs of one cell: it must be the same in all of them. */
public final class Repetition {
  private Repetition() {}

  /**
   * The verdict that all runs have, as the first of them explains it; a harness fault when they
   * differ, for then none of them can be trusted.
   *
   * @param runs at least one
   */
  public static Judgement of(List<Judgement> runs) {
    Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
    runs.forEach(run -> counts.merge(run.verdict(), 1, Integer::sum));
    int same = counts.values().stream().mapToInt(Integer::intValue).max().orElseThrow();
    Judgement first = runs.get(0);
    if (counts.size() == 1) {
      return runs.size() == 1 ? first : first.withRepeats(new Repeats(runs.size(), same));
    }
    List<String> words = new ArrayList<>();
    counts.forEach(
        (verdict, count) ->
            words.add(String.format(Locale.ROOT, "%d x %s", count, verdict.text())));
    return Judgement.harnessFault("verdicts differ: " + String.join(", ", words))
        .withCourse(first.course())
        .withRepeats(new Repeats(runs.size(), same));
  }
}
