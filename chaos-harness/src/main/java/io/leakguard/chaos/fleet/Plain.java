package io.leakguard.chaos.fleet;

/** Makes text out of logs safe to stand in one line: any program may have written it. */
final class Plain {
  private static final int LONGEST = 400;

  private Plain() {}

  static String of(String text) {
    StringBuilder line = new StringBuilder();
    text.strip().codePoints().limit(LONGEST).map(Plain::visible).forEach(line::appendCodePoint);
    return line.toString();
  }

  /** The first of several lines. */
  static String firstLineOf(String text) {
    return of(text.strip().lines().findFirst().orElse(""));
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
