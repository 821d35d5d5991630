package io.leakguard;

import java.util.Locale;
import java.util.Objects;

/**
 * Says which threads are never reported.
 *
 * <p>A pattern matches the whole text; {@code *} stands for any characters, everything else for
 * itself. Frames are written {@code com.acme.Orders.price}: class and method, without line.
 * Immutable and thread-safe.
 */
public final class IgnoreRule {
  enum Part {
    NAME,
    GROUP,
    TOP,
    ANY,
    STARTER
  }

  private final Part part;
  private final Glob pattern;
  private final String reason;

  private IgnoreRule(Part part, String pattern, String reason) {
    this.part = part;
    this.pattern = new Glob(pattern);
    this.reason = reason;
  }

  /**
   * Ignores threads by name.
   *
   * @param pattern for the whole name, such as {@code metrics-*}; not null, not blank
   * @return the rule, without a reason yet
   * @throws IllegalArgumentException if the pattern is blank
   */
  public static IgnoreRule name(String pattern) {
    return new IgnoreRule(Part.NAME, pattern, "");
  }

  /**
   * Ignores threads by the name of their own thread group.
   *
   * @param pattern for the whole group name; not null, not blank
   * @return the rule, without a reason yet
   * @throws IllegalArgumentException if the pattern is blank
   */
  public static IgnoreRule group(String pattern) {
    return new IgnoreRule(Part.GROUP, pattern, "");
  }

  /**
   * Ignores threads by their innermost frame.
   *
   * @param pattern for class and method, such as {@code com.acme.Poller.await}; not null, not blank
   * @return the rule, without a reason yet
   * @throws IllegalArgumentException if the pattern is blank
   */
  public static IgnoreRule topFrame(String pattern) {
    return new IgnoreRule(Part.TOP, pattern, "");
  }

  /**
   * Ignores threads that have such a frame anywhere in their stack.
   *
   * @param pattern for class and method; not null, not blank
   * @return the rule, without a reason yet
   * @throws IllegalArgumentException if the pattern is blank
   */
  public static IgnoreRule anyFrame(String pattern) {
    return new IgnoreRule(Part.ANY, pattern, "");
  }

  /**
   * Ignores threads that were started from such a frame, where the starter's stack is known.
   *
   * @param pattern for class and method; not null, not blank
   * @return the rule, without a reason yet
   * @throws IllegalArgumentException if the pattern is blank
   */
  public static IgnoreRule starter(String pattern) {
    return new IgnoreRule(Part.STARTER, pattern, "");
  }

  /**
   * Says why, for the people who read the code later.
   *
   * @param why one sentence; not null
   * @return a copy of this rule that has the reason
   */
  public IgnoreRule because(String why) {
    return new IgnoreRule(part, pattern.text(), Objects.requireNonNull(why, "why"));
  }

  /**
   * Reads a rule in its text form: {@code name|group|top|any|starter PATTERN # reason}. The reason
   * begins at the first {@code #} after white space; there may be none.
   *
   * @throws IllegalArgumentException if the text is no rule; the message says what is
   */
  static IgnoreRule parse(String line) {
    int hash = indexOfReason(line);
    String rule = line.substring(0, hash).strip();
    String reason = line.substring(Math.min(hash + 1, line.length())).strip();
    int space = 0;
    while (space < rule.length() && !Character.isWhitespace(rule.charAt(space))) {
      space++;
    }
    String pattern = rule.substring(space).strip();
    if (pattern.isEmpty()) {
      throw new IllegalArgumentException(
          "an ignore rule must be name|group|top|any|starter PATTERN: " + line.strip());
    }
    return new IgnoreRule(partOf(rule.substring(0, space), line), pattern, reason);
  }

  private static int indexOfReason(String line) {
    for (int i = 1; i < line.length(); i++) {
      if (line.charAt(i) == '#' && Character.isWhitespace(line.charAt(i - 1))) {
        return i;
      }
    }
    return line.length();
  }

  private static Part partOf(String word, String line) {
    for (Part part : Part.values()) {
      if (part.name().toLowerCase(Locale.ROOT).equals(word)) {
        return part;
      }
    }
    throw new IllegalArgumentException(
        "an ignore rule must begin with name, group, top, any or starter: " + line.strip());
  }

  Part part() {
    return part;
  }

  Glob pattern() {
    return pattern;
  }

  /** {@return the reason, empty where none was given; never null} */
  public String reason() {
    return reason;
  }

  /** Returns the text form, as {@code name metrics-* # reason}. */
  @Override
  public String toString() {
    String rule = part.name().toLowerCase(Locale.ROOT) + " " + pattern.text();
    return reason.isEmpty() ? rule : rule + " # " + reason;
  }
}
