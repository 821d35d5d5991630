package io.leakguard;

import io.leakguard.diagnosis.SafeText;

/** Members of a JSON object by hand, for lines that have no time to wait for a library. */
final class JsonText {
  private static final int LONGEST = 256;

  private JsonText() {}

  /** Appends a comma, the name and the number. */
  static void member(StringBuilder json, String name, long value) {
    json.append(",\"").append(name).append("\":").append(value);
  }

  /** Appends a comma, the name and the text. */
  static void member(StringBuilder json, String name, String value) {
    json.append(",\"").append(name).append("\":");
    text(json, value);
  }

  /** Control characters and halves of pairs are gone by then: two characters need an escape. */
  static void text(StringBuilder json, String value) {
    json.append('"');
    String safe = SafeText.of(value, LONGEST);
    for (int i = 0; i < safe.length(); i++) {
      char c = safe.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\');
      }
      json.append(c);
    }
    json.append('"');
  }
}
