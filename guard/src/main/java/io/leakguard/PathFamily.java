package io.leakguard;

import io.leakguard.diagnosis.SafeText;

/**
 * What the paths of one bug have in common: {@code /tmp/report-N.csv}.
 *
 * <p>As the families of thread names, but without regular expressions and lambdas: descriptors are
 * told apart before there is a suspect, and linking these costs more than all else here.
 */
final class PathFamily {
  private static final int LONGEST = 200;
  private static final int UUID = 36;
  private static final int SHORTEST_ID = 4;

  private PathFamily() {}

  /** Returns the path with every number, object id and UUID replaced by N, safe for one line. */
  static String of(String path) {
    StringBuilder family = new StringBuilder(path.length());
    int at = 0;
    while (at < path.length()) {
      int end = at;
      if (isUuid(path, at)) {
        family.append('N');
        end = at + UUID;
      } else if (isWord(path, at)) {
        while (isWord(path, end)) {
          end++;
        }
        appendWord(family, path, at, end);
      } else {
        family.append(path.charAt(end++));
      }
      at = end;
    }
    return SafeText.of(family.toString(), LONGEST);
  }

  private static void appendWord(StringBuilder family, String path, int from, int end) {
    if (isId(path, from, end)) {
      family.append('N');
      return;
    }
    boolean inNumber = false;
    for (int i = from; i < end; i++) {
      boolean digit = isDigit(path, i);
      if (!digit) {
        family.append(path.charAt(i));
      } else if (!inNumber) {
        family.append('N');
      }
      inNumber = digit;
    }
  }

  /** Hexadecimal digits with a decimal one among them, as object ids have. */
  private static boolean isId(String path, int from, int end) {
    boolean decimal = false;
    for (int i = from; i < end; i++) {
      if (!isHex(path, i)) {
        return false;
      }
      decimal |= isDigit(path, i);
    }
    return decimal && end - from >= SHORTEST_ID;
  }

  private static boolean isUuid(String path, int from) {
    if (from + UUID > path.length() || isWord(path, from + UUID)) {
      return false;
    }
    for (int i = 0; i < UUID; i++) {
      boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
      if (dash ? path.charAt(from + i) != '-' : !isHex(path, from + i)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isWord(String path, int at) {
    return at < path.length() && Character.isLetterOrDigit(path.charAt(at));
  }

  private static boolean isDigit(String path, int at) {
    char c = path.charAt(at);
    return c >= '0' && c <= '9';
  }

  private static boolean isHex(String path, int at) {
    return Character.digit(path.charAt(at), 16) >= 0;
  }
}
