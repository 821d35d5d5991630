package io.leakguard;

import java.util.Objects;

/**
 * A pattern in which {@code *} stands for any characters.
 *
 * <p>No regular expression: patterns come from operators, and a dot in a class name is a dot.
 */
final class Glob {
  private final String text;
  private final String[] parts;

  Glob(String text) {
    Objects.requireNonNull(text, "pattern");
    if (text.isBlank()) {
      throw new IllegalArgumentException("pattern must not be blank: \"" + text + "\"");
    }
    this.text = text;
    this.parts = text.split("\\*", -1);
  }

  String text() {
    return text;
  }

  /** Says whether the pattern stands for one text only. */
  boolean isExact() {
    return parts.length == 1;
  }

  /** Says whether a text that begins so, or is a beginning of it, could match. */
  boolean beginsLike(String beginning) {
    return beginning.startsWith(parts[0]) || parts[0].startsWith(beginning);
  }

  boolean matches(String candidate) {
    if (parts.length == 1) {
      return candidate.equals(text);
    }
    String last = parts[parts.length - 1];
    int end = candidate.length() - last.length();
    if (!candidate.startsWith(parts[0]) || end < parts[0].length() || !candidate.endsWith(last)) {
      return false;
    }
    int from = parts[0].length();
    for (int i = 1; i < parts.length - 1; i++) {
      int at = candidate.indexOf(parts[i], from);
      if (at < 0 || at + parts[i].length() > end) {
        return false;
      }
      from = at + parts[i].length();
    }
    return true;
  }
}
