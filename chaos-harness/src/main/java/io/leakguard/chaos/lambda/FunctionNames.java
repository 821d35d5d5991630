package io.leakguard.chaos.lambda;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The ways to name a function: its name, a partial ARN ({@code account:function:name}), a full one,
 * each with or without a qualifier at its end.
 *
 * @param name the function
 * @param qualifier a version or alias; null when there is none
 */
record FunctionNames(String name, String qualifier) {
  private static final String PREFIX = "arn:aws:lambda:us-east-1:000000000000:function:";
  private static final Pattern FORM =
      Pattern.compile(
          "(?:arn:[a-z-]+:lambda:[a-z0-9-]+:)?(?:\\d{12}:function:)?"
              + "(?<name>[^:]+)(?::(?<qualifier>[^:]+))?");

  /** Reads a name; one that has no such form names the function as it is. */
  static FunctionNames parse(String text) {
    Matcher matcher = FORM.matcher(text);
    return matcher.matches()
        ? new FunctionNames(matcher.group("name"), matcher.group("qualifier"))
        : new FunctionNames(text, null);
  }

  static String arn(String name) {
    return PREFIX + name;
  }
}
