package io.leakguard.chaos.load;

import java.io.IOException;
import java.util.List;

/**
 * Starts a process whose three streams are pipes; the seam for whoever sees to it that no process
 * is left behind.
 */
@FunctionalInterface
public interface Launcher {
  /**
   * Starts it.
   *
   * @param command program and arguments
   * @throws IOException if it cannot be started
   */
  Process start(List<String> command) throws IOException;

  /** Starts plain children of this JVM. */
  static Launcher children() {
    return command -> new ProcessBuilder(command).start();
  }
}
