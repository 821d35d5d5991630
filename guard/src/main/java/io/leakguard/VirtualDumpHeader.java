package io.leakguard;

/**
 * The first line of a thread in a plain-text dump, or several where its name has line ends.
 *
 * <p>JDK 21: {@code #34 "name" virtual}. JDK 25: {@code #34 "name" virtual WAITING
 * 2026-01-01T...Z}. The word {@code virtual} is not there for other threads. Not thread-safe.
 */
final class VirtualDumpHeader {
  private static final String VIRTUAL = "\" virtual";
  private static final int LONGEST_NAME = 4_000;

  private final long id;
  private final StringBuilder text;
  private boolean complete;
  private boolean virtual;
  private Thread.State state;
  private String name = "";

  private VirtualDumpHeader(long id, String text) {
    this.id = id;
    this.text = new StringBuilder(text);
    readEnd(text);
  }

  /** Returns what begins with this line; null where it is no first line. */
  static VirtualDumpHeader begin(String line) {
    int quote = line.indexOf(" \"");
    if (quote < 2 || line.charAt(0) != '#') {
      return null;
    }
    try {
      long id = Long.parseLong(line, 1, quote, 10);
      return new VirtualDumpHeader(id, line.substring(quote + 2));
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /** Takes another line, which belongs to the name at least in part. */
  void goOn(String line) {
    if (text.length() < LONGEST_NAME) {
      text.append('\n').append(line);
    }
    readEnd(line);
  }

  private void readEnd(String line) {
    complete = false;
    state = null;
    int end = line.length();
    int time = line.lastIndexOf(' ');
    int before = time <= 0 ? -1 : line.lastIndexOf(' ', time - 1);
    if (before >= 0 && line.endsWith("Z")) {
      state = stateOf(line.substring(before + 1, time));
      end = state == null ? end : before;
    }
    virtual = line.startsWith(VIRTUAL, end - VIRTUAL.length());
    int quote = virtual ? end - VIRTUAL.length() : end - 1;
    if (quote >= 0 && line.charAt(quote) == '"') {
      complete = true;
      int kept = Math.max(0, text.length() - (line.length() - quote));
      name = text.substring(0, Math.min(kept, LONGEST_NAME));
    }
  }

  private static Thread.State stateOf(String word) {
    for (Thread.State state : Thread.State.values()) {
      if (state.name().equals(word)) {
        return state;
      }
    }
    return null;
  }

  boolean isComplete() {
    return complete;
  }

  long id() {
    return id;
  }

  boolean isVirtual() {
    return virtual;
  }

  /** Returns the state; null where the dump has none, as before JDK 25. */
  Thread.State state() {
    return state;
  }

  /** Returns the name, of a very long one the beginning. */
  String name() {
    return name;
  }
}
