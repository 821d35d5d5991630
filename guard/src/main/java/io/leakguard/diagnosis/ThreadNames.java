package io.leakguard.diagnosis;

import java.util.regex.Pattern;

/** What thread names say once their numbers are read as numbers. */
final class ThreadNames {
  private static final int LONGEST_FAMILY = 120;

  /** Read further than the family is long, or the number's digits would move where it is cut. */
  private static final int LONGEST_READ = 500;

  private static final Pattern UUID =
      Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

  /** A token of hexadecimal digits with a decimal one among them, as object ids have. */
  private static final Pattern ID =
      Pattern.compile("(?<![A-Za-z0-9])(?=\\p{XDigit}*\\d)\\p{XDigit}{4,}(?![A-Za-z0-9])");

  private static final Pattern NUMBER = Pattern.compile("\\d+");

  private ThreadNames() {}

  /** Returns the name with every number and id replaced by N, safe for one line. */
  static String withoutNumbers(String name) {
    String safe = SafeText.of(name, LONGEST_READ);
    String noUuid = UUID.matcher(safe).replaceAll("N");
    String family = NUMBER.matcher(ID.matcher(noUuid).replaceAll("N")).replaceAll("N");
    return SafeText.of(family, LONGEST_FAMILY);
  }

  /**
   * Returns what the workers of one pool share, {@code pool-3-thread-} of {@code pool-3-thread-1};
   * null where the name has fewer than two numbers.
   */
  static String groupOf(String name) {
    int count = 0;
    int last = 0;
    int end = Math.min(name.length(), LONGEST_READ);
    for (int i = 0; i < end; i++) {
      boolean begins = isDigit(name.charAt(i)) && (i == 0 || !isWordPart(name.charAt(i - 1)));
      if (begins) {
        count++;
        last = i;
      }
    }
    return count < 2 ? null : name.substring(0, last);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /** A number of its own begins after neither: the 2 of {@code http2} is none. */
  private static boolean isWordPart(char c) {
    return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }
}
