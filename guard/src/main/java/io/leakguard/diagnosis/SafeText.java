package io.leakguard.diagnosis;

/**
 * Makes text from a program fit for one log line.
 *
 * <p>Thread names are data that anybody can set: they may hold line breaks, terminal escapes,
 * unpaired surrogates or megabytes.
 */
public final class SafeText {
  private SafeText() {}

  /**
   * Replaces everything that could break or forge a line by {@code ?} and cuts what is too long.
   *
   * @param text any text; null counts as empty
   * @param limit the most characters to return, at least 1; a cut text ends in {@code …}
   * @return one line of text
   */
  public static String of(String text, int limit) {
    if (text == null) {
      return "";
    }
    int end = Math.min(text.length(), limit);
    StringBuilder safe = new StringBuilder(end);
    int i = 0;
    while (i < end) {
      int codePoint = text.codePointAt(i);
      safe.appendCodePoint(isSafe(codePoint) ? codePoint : '?');
      i += Character.charCount(codePoint);
    }
    if (text.length() > limit) {
      safe.setLength(Math.max(0, Math.min(safe.length(), limit) - 1));
      dropHalfPair(safe);
      safe.append('…');
    }
    return safe.toString();
  }

  private static void dropHalfPair(StringBuilder safe) {
    int last = safe.length() - 1;
    if (last >= 0 && Character.isHighSurrogate(safe.charAt(last))) {
      safe.setLength(last);
    }
  }

  /** Format characters are unsafe too: they turn the reading direction or hide text. */
  private static boolean isSafe(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.UNASSIGNED,
          Character.PRIVATE_USE ->
          false;
      default -> true;
    };
  }
}
