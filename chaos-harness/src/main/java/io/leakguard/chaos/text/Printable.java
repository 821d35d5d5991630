package io.leakguard.chaos.text;

/**
 * Makes text of others, from templates and logs, safe to stand in one line of a terminal or log.
 */
public final class Printable {
  private static final int MAX_LENGTH = 500;

  private Printable() {}

  /** Returns at most 500 characters, with a question mark for each that would not be seen. */
  public static String of(String text) {
    StringBuilder line = new StringBuilder(Math.min(text.length(), MAX_LENGTH));
    text.codePoints().limit(MAX_LENGTH).map(Printable::visible).forEach(line::appendCodePoint);
    if (text.codePointCount(0, text.length()) > MAX_LENGTH) {
      line.append("...");
    }
    return line.toString();
  }

  /** Returns the first of several lines, without blanks around it. */
  public static String firstLineOf(String text) {
    return of(text.strip().lines().findFirst().orElse("").strip());
  }

  private static int visible(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          '?';
      default -> codePoint;
    };
  }
}
