package io.leakguard.chaos.fleet;

/** A leak against the window before; in the order in which they are shown. */
public enum Change {
  /** Confirmed now, not confirmed before. */
  NEW("new"),
  /** Reported more than twice as often per hour. */
  GROWN("grown"),
  /** Anything between half and twice as often, or less. */
  KNOWN("known");

  private final String text;

  Change(String text) {
    this.text = text;
  }

  String text() {
    return text;
  }

  /**
   * Compares how often a leak was reported.
   *
   * @param ratio reports per hour against those of the window before; infinite when there were none
   */
  static Change of(double ratio) {
    if (Double.isInfinite(ratio)) {
      return NEW;
    }
    return ratio > 2 ? GROWN : KNOWN;
  }
}
