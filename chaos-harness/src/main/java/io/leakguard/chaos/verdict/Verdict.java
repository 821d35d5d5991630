package io.leakguard.chaos.verdict;

/** What is said of one function in one failure shape. */
public enum Verdict {
  CLEAN("clean"),
  LEAK("leak"),
  /** In a phase without fault the function did not do its work. */
  FAILED("failed"),
  /** It could not be judged; never to be read as clean. */
  HARNESS_FAULT("harness-fault");

  private final String text;

  Verdict(String text) {
    this.text = text;
  }

  /** The word in {@code results.json}. */
  public String text() {
    return text;
  }
}
