package io.leakguard.gauntlet;

import io.leakguard.gauntlet.cases.Case;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Every case on every JDK, in every number of invocations. */
final class Trials {
  private Trials() {}

  /**
   * Crosses them, less what does not exist on a JDK or says nothing in so few invocations.
   *
   * @param jdks homes; empty for the one that runs
   */
  static List<Trial> of(List<Path> jdks, List<Integer> invocations, List<Case> cases) {
    List<Jdk> installed =
        jdks.isEmpty() ? List.of(Jdk.running()) : jdks.stream().map(Jdk::at).toList();
    List<Trial> trials = new ArrayList<>();
    for (Jdk jdk : installed) {
      for (int count : invocations) {
        for (Case what : cases) {
          if (what.runsOn(jdk.feature(), count)) {
            trials.add(new Trial(what, jdk, count));
          }
        }
      }
    }
    return trials;
  }
}
