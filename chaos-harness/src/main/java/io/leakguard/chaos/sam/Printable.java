package io.leakguard.chaos.sam;

/** Makes text from a template safe to stand in one line of a terminal or log. */
final class Printable {
  private static final int MAX_LENGTH = 500;

  private Printable() {}

  static String of(String text) {
    StringBuilder line = new StringBuilder(Math.min(text.length(), MAX_LENGTH));
    text.codePoints().limit(MAX_LENGTH).map(Printable::visible).forEach(line::appendCodePoint);
    if (text.codePointCount(0, text.length()) > MAX_LENGTH) {
      line.append("...");
    }
    return line.toString();
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
