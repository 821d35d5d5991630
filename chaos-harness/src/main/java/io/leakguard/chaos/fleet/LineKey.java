package io.leakguard.chaos.fleet;

import io.leakguard.chaos.text.Printable;
import java.util.Map;

/**
 * What lines of one row have in common; empty where they have none of it.
 *
 * @param guard the version of the guard, in signs of life only
 */
record LineKey(
    String function,
    String version,
    String commit,
    String fingerprint,
    String kind,
    String verdict,
    String guard) {

  static LineKey of(Map<String, String> row) {
    return new LineKey(
        either(row, "FunctionName", "leakguard.function"),
        either(row, "FunctionVersion", "leakguard.version"),
        either(row, "commit", "leakguard.commit"),
        text(row, "fingerprint"),
        text(row, "kind"),
        text(row, "verdict"),
        text(row, "leakguard.guard"));
  }

  private static String either(Map<String, String> row, String document, String sign) {
    String found = text(row, document);
    return found.isEmpty() ? text(row, sign) : found;
  }

  private static String text(Map<String, String> row, String field) {
    return Printable.of(row.getOrDefault(field, ""));
  }

  boolean isFinding() {
    return !fingerprint.isEmpty();
  }

  boolean isConfirmed() {
    return isFinding() && verdict.equals("GROWING");
  }

  Build build() {
    return new Build(version, commit);
  }
}
