package io.leakguard;

/**
 * One level that is watched, and what was said about it.
 *
 * <p>Not thread-safe.
 */
class Growth {
  /** One rise short of what confirms the plainest leak. */
  private static final int SUSPECT_FROM = 3;

  /** So many looks after a rise it is worth to look densely. */
  private static final int FRESH = 16;

  private final Slope slope;
  private Verdict reported;
  private double reportedGain;

  /** What the last report called it; null before the first. */
  ResourceNews lastNews;

  Growth(Slope slope) {
    this.slope = slope;
  }

  /**
   * Judges a level.
   *
   * @param excused true where something else explains that it rose
   * @return the verdict if somebody should hear of it now, else null
   */
  Verdict judge(int level, long invocation, boolean excused) {
    boolean rose = !excused && slope.record(level, invocation);
    if (excused) {
      slope.excuse(level, invocation);
    }
    Verdict news = rose ? risen() : settled(level, invocation);
    if (news != null) {
      reported = news == Verdict.ESCAPED || news == Verdict.GROWING ? news : null;
      reportedGain = slope.gain();
    }
    return news;
  }

  private Verdict risen() {
    rose();
    if (reported == Verdict.GROWING) {
      return slope.gain() >= 2 * reportedGain ? Verdict.GROWING : null;
    }
    if (isProven()) {
      return Verdict.GROWING;
    }
    return reported == null && slope.rises() >= SUSPECT_FROM ? Verdict.ESCAPED : null;
  }

  /** Called at each rise, before it is judged. */
  void rose() {}

  /** Says at a rise whether this is a leak. */
  boolean isProven() {
    return slope.isConfirmed();
  }

  private Verdict settled(int level, long invocation) {
    if (slope.hasFallen()) {
      if (reported == Verdict.GROWING) {
        slope.retracted();
      }
      return reported == null ? null : Verdict.RECOVERED;
    }
    if (slope.rises() > 0 && slope.isResting()) {
      slope.restart(level, invocation);
      return reported == null ? null : Verdict.BOUNDED;
    }
    return null;
  }

  /** Says whether it may be a leak that is not confirmed yet. */
  boolean isSuspicious() {
    return reported != Verdict.GROWING && slope.rises() > 0 && slope.looksSinceRise() < FRESH;
  }

  /** Says whether it is held to be a leak. */
  boolean isLeak() {
    return reported == Verdict.GROWING;
  }

  /** Says whether somebody heard of it and nobody of its end. */
  boolean isReported() {
    return reported != null;
  }

  /** Says whether nothing is left of it and nothing to be told. */
  boolean isGone() {
    return reported == null && slope.level() == 0;
  }

  Slope slope() {
    return slope;
  }
}
