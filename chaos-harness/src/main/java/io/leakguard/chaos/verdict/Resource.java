package io.leakguard.chaos.verdict;

/** What is counted of a function, and may grow. */
public enum Resource {
  THREADS("threads"),
  /** Sockets to upstreams, whatever their state. */
  SOCKETS("sockets"),
  ESTABLISHED("established"),
  CLOSE_WAIT("closeWait"),
  DESCRIPTORS("descriptors"),
  /** Tasks that wait in the common pool, as the guard tells it. */
  BACKLOG("backlog"),
  /** Requests with an effect that an upstream got more than once, since the cell began. */
  DUPLICATES("duplicates");

  private final String text;

  Resource(String text) {
    this.text = text;
  }

  /** Its name in {@code results.json}. */
  public String text() {
    return text;
  }

  /** How many there are; the sample must have levels. */
  int of(Sample sample) {
    return of(sample.levels());
  }

  int of(Levels levels) {
    return switch (this) {
      case THREADS -> levels.threads();
      case SOCKETS -> levels.established() + levels.closeWait();
      case ESTABLISHED -> levels.established();
      case CLOSE_WAIT -> levels.closeWait();
      case DESCRIPTORS -> levels.descriptors();
      case BACKLOG -> levels.backlog();
      case DUPLICATES -> levels.duplicates();
    };
  }
}
