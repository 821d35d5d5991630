package io.leakguard.chaos.sam;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Builds text from parts; one part that is not known makes the whole not known. */
final class TextJoin {
  /** Far above the 4 KB that all environment variables of a function may take. */
  private static final int MAX_LENGTH = 65_536;

  private static final Pattern DYNAMIC = Pattern.compile("\\{\\{resolve:([^{}]*)}}");

  private final StringBuilder text = new StringBuilder();
  private final int line;
  private String reason;

  TextJoin(int line) {
    this.line = line;
  }

  /** Text as it stands, with dynamic references ({@code {{resolve:...}}}) replaced. */
  static Value of(String text, int line) {
    return new TextJoin(line).add(text).value();
  }

  /** A name for what is not known: {@code unresolved-} and the letters and digits of what it is. */
  static String placeholder(String what) {
    return "unresolved-" + what.replaceAll("[^A-Za-z0-9]+", "-").replaceAll("^-|-$", "");
  }

  TextJoin add(String part) {
    if (text.length() + part.length() > MAX_LENGTH) {
      reason = "it is longer than " + MAX_LENGTH + " characters";
    } else {
      text.append(part);
    }
    return this;
  }

  TextJoin add(Value part) {
    if (part instanceof Value.Text known) {
      return add(known.text());
    }
    if (part instanceof Value.Unresolved unknown) {
      return unknown(unknown.reason()).add(unknown.placeholder());
    }
    return unknown("a list or mapping stands where text is needed").add("unresolved");
  }

  private TextJoin unknown(String why) {
    reason = reason == null ? why : reason;
    return this;
  }

  Value value() {
    Matcher dynamic = DYNAMIC.matcher(text);
    if (dynamic.find()) {
      unknown("the dynamic reference '" + dynamic.group() + "' is resolved by AWS");
    }
    String known = dynamic.reset().replaceAll(found -> placeholder(found.group(1)));
    return reason == null ? new Value.Text(known, line) : new Value.Unresolved(known, reason, line);
  }
}
