package io.leakguard.chaos;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** Options of the form {@code NAME=VALUE}. */
final class KeyValue {
  private KeyValue() {}

  /**
   * Takes them apart at the first equals sign; a name that comes twice has its last value.
   *
   * @throws UserError naming the option when one has no name; the value is not repeated
   */
  static Map<String, String> parse(String option, Collection<String> given) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String one : given) {
      int equals = one.indexOf('=');
      if (equals < 1) {
        throw new UserError(
            option
                + " must be like NAME=VALUE"
                + (equals < 0 ? ": " + one : ", the name is missing"));
      }
      values.put(one.substring(0, equals), one.substring(equals + 1));
    }
    return values;
  }
}
