package io.leakguard.chaos.verdict;

/**
 * The phases of a cell, in order. The second fault is what tells a leak from a pool that grew once.
 */
public enum Phase {
  WARM_UP(false, 0),
  BASELINE(false, 10_000),
  FAULT(true, 20_000),
  RECOVERY(false, 30_000),
  FAULT_AGAIN(true, 40_000);

  private final boolean faulty;
  private final long numbersFrom;

  Phase(boolean faulty, long numbersFrom) {
    this.faulty = faulty;
    this.numbersFrom = numbersFrom;
  }

  /** The number of its first event; each phase has numbers of its own. */
  public long numbersFrom() {
    return numbersFrom;
  }

  /** Whether the shape's fault is in force. */
  public boolean faulty() {
    return faulty;
  }

  /** The phase that this one follows; the first follows itself. */
  Phase before() {
    return switch (this) {
      case WARM_UP, BASELINE -> WARM_UP;
      case FAULT -> BASELINE;
      case RECOVERY -> FAULT;
      case FAULT_AGAIN -> RECOVERY;
    };
  }
}
