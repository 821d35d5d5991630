package io.leakguard.chaos.verdict;

/** Whether what a leak left behind goes away by itself. */
public enum Healing {
  /** Still there when idle timeouts had long passed. */
  STAYS("stays"),
  /** Gone at the end of the recovery phase. */
  AT_ONCE("heals at once"),
  /** Gone when the environment had run idle for a minute, as pools and caches let go. */
  AFTER_IDLE("heals after 60 s idle"),
  /** There at the end of the recovery phase; idle timeouts were not waited for. */
  NOT_LOOKED_AT("not looked at");

  private final String text;

  Healing(String text) {
    this.text = text;
  }

  /** The words in {@code results.json}. */
  public String text() {
    return text;
  }
}
