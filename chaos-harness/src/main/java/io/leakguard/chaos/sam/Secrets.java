package io.leakguard.chaos.sam;

import java.util.List;

/** Takes the values of {@code NoEcho} parameters out of what is shown. */
final class Secrets {
  /** What stands in the place of a secret. */
  static final String MASK = "****";

  /** Shorter values are no secrets, and would mask half of a text. */
  private static final int LEAST_LENGTH = 4;

  private Secrets() {}

  static String masked(String text, List<String> secrets) {
    String masked = text;
    for (String secret : secrets) {
      masked = isOne(secret) ? masked.replace(secret, MASK) : masked;
    }
    return masked;
  }

  static boolean isOne(String value) {
    return value.length() >= LEAST_LENGTH && !value.equals(MASK);
  }
}
