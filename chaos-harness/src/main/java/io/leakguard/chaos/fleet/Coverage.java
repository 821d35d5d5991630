package io.leakguard.chaos.fleet;

import java.time.Instant;
import java.util.List;

/**
 * Which functions have a guard.
 *
 * @param functions those that may have one: Java, container images, runtimes of one's own
 * @param guarded of these, those of which a guard was heard in either window
 * @param silent those that wrote lines in either window, none of them by a guard
 * @param idle those that wrote nothing in either window
 * @param otherRuntimes functions that can have no guard
 * @param listed false where Lambda may not be asked, so that each log group counts as a function
 */
public record Coverage(
    int functions, int guarded, List<Silent> silent, int idle, int otherRuntimes, boolean listed) {

  /**
   * A function that runs, it seems without a guard.
   *
   * @param runtime as Lambda has it; {@code image} or {@code unknown} may be no Java at all
   * @param owner empty where no tag says it
   */
  public record Silent(String function, String runtime, Instant lastLine, String owner) {}
}
