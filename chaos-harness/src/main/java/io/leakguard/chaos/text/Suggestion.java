package io.leakguard.chaos.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the name that a mistyped one was meant to be. */
public final class Suggestion {
  private static final int MAX_EDITS = 3;
  private static final int MAX_LENGTH = 200;

  private Suggestion() {}

  /** A class of the same simple name in another package, else the nearest by few edits. */
  public static Optional<String> of(String wanted, Collection<String> names) {
    if (wanted.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    Comparator<String> nearest =
        Comparator.<String>comparingInt(name -> distance(wanted, name))
            .thenComparing(Comparator.naturalOrder());
    return names.stream()
        .filter(name -> simple(name).equals(simple(wanted)))
        .min(nearest)
        .or(() -> names.stream().filter(name -> isNear(wanted, name)).min(nearest));
  }

  private static boolean isNear(String wanted, String name) {
    return Math.abs(wanted.length() - name.length()) <= MAX_EDITS
        && distance(wanted, name) <= Math.min(MAX_EDITS, wanted.length() / 3);
  }

  private static String simple(String className) {
    return className.substring(
        Math.max(className.lastIndexOf('.'), className.lastIndexOf('$')) + 1);
  }

  /** Levenshtein's edit distance, in two rows. */
  static int distance(String one, String other) {
    int[] previous = new int[other.length() + 1];
    for (int j = 0; j <= other.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int[] row = new int[other.length() + 1];
      row[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int replaced = previous[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, Math.min(previous[j], row[j - 1]) + 1);
      }
      previous = row;
    }
    return previous[other.length()];
  }
}
