package io.leakguard.chaos.text;

/** Words of a command line that people copy. */
public final class ShellWord {
  private ShellWord() {}

  /** A word as a shell reads it: in quotes where it needs them. */
  public static String of(String word) {
    return word.matches("[A-Za-z0-9_./:=,+-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
