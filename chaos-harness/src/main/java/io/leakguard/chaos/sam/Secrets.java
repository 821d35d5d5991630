package io.leakguard.chaos.sam;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Keeps secrets out of what a run writes. */
final class Secrets {
  /** What stands in the place of a secret. */
  static final String MASK = "****";

  /** Shorter values of {@code NoEcho} parameters are no secrets, and would mask half of a text. */
  private static final int LEAST_LENGTH = 4;

  /** A variable so named holds one. */
  private static final Pattern NAME =
      Pattern.compile(
          ".*(SECRET|PASSWORD|PASSWD|PASSPHRASE|PASS|PWD|TOKEN|CREDENTIAL|AUTHORIZATION"
              + "|API_?KEY|ACCESS_?KEY|PRIVATE_?KEY|LICENSE_?KEY|SIGNING_?KEY|ENCRYPTION_?KEY).*");

  /** {@code user:password@host} and {@code password=...}, as URLs and JDBC addresses have them. */
  private static final Pattern IN_ADDRESS =
      Pattern.compile(
          "(?i)(?<=://)[^/?#@\\s]+(?=@)|(?<=(?:password|pwd|secret|token|key)=)[^&;\\s]+");

  private Secrets() {}

  /**
   * The variables with their secrets masked.
   *
   * @param known values that must not be shown wherever they stand
   */
  static Map<String, String> masked(Map<String, String> variables, List<String> known) {
    Map<String, String> masked = new LinkedHashMap<>();
    variables.forEach((name, value) -> masked.put(name, masked(name, value, known)));
    return masked;
  }

  private static String masked(String name, String value, List<String> known) {
    if (!value.isEmpty() && NAME.matcher(name.toUpperCase(Locale.ROOT)).matches()) {
      return MASK;
    }
    String text = value;
    for (String secret : known) {
      text = secret.length() < LEAST_LENGTH ? text : text.replace(secret, MASK);
    }
    return IN_ADDRESS.matcher(text).replaceAll(MASK);
  }
}
