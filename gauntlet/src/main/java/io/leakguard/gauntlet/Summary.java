package io.leakguard.gauntlet;

import java.util.List;

/** The closing line of a run. */
final class Summary {
  private Summary() {}

  /** Prints the counts; returns the exit code: 0 only if nothing is wrong. */
  static int print(List<Result> results) {
    StringBuilder counts = new StringBuilder();
    for (Judgement judgement : Judgement.values()) {
      long count = results.stream().filter(result -> result.judgement() == judgement).count();
      counts.append(", ").append(count).append(' ').append(judgement);
    }
    System.out.println(results.size() + " runs" + counts);
    return results.stream().anyMatch(result -> result.judgement().isWrong()) ? 1 : 0;
  }
}
