package io.leakguard.chaos.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A process as the kernel shows it.
 *
 * @param letter the state's letter in {@code /proc/PID/stat}; X when there is no such process
 */
record ProcessState(char letter) {
  private static final char GONE = 'X';

  static ProcessState of(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      // The state follows the command name, which is in parentheses and may itself contain any.
      return new ProcessState(stat.charAt(stat.lastIndexOf(')') + 2));
    } catch (IOException e) {
      return new ProcessState(GONE);
    }
  }

  /** Stopped by a signal. */
  boolean isStopped() {
    return letter == 'T';
  }

  boolean isAlive() {
    return letter != GONE && letter != 'Z';
  }
}
