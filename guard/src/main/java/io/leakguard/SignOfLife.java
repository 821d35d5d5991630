package io.leakguard;

import java.time.Instant;

/**
 * One line per execution environment that says that a guard is there.
 *
 * <p>A clean environment reports nothing, and so does one without a guard: this line tells them
 * apart. It is no metric document. Written on the path of every cold start: by hand, without the
 * date formatter, and with no other class of the guard, since each costs more than the line.
 */
final class SignOfLife {
  /** The version of the guard; a test holds it against the POM. */
  static final String GUARD = "0.1.0";

  private static final int LONGEST = 256;
  private static final int SECONDS_A_DAY = 86_400;

  private SignOfLife() {}

  /** Writes the line, where this is a Lambda function and the settings do not forbid it. */
  static void give(Settings settings, Host host) {
    String function = host.variable("AWS_LAMBDA_FUNCTION_NAME");
    if (settings.signOfLife() && function != null) {
      host.out().println(line(function, settings, host));
    }
  }

  private static String line(String function, Settings settings, Host host) {
    StringBuilder json = new StringBuilder(256);
    json.append("{\"leakguard\":{\"guard\":\"").append(GUARD).append('"');
    member(json, "function", function);
    String version = host.variable("AWS_LAMBDA_FUNCTION_VERSION");
    if (version != null) {
      member(json, "version", version);
    }
    if (!settings.commit().isEmpty()) {
      member(json, "commit", settings.commit());
    }
    // As in the documents: a filter that lets these pass must not drop the proof of the guard.
    json.append("},\"level\":\"WARN\",\"timestamp\":\"");
    timestamp(json, host.now());
    return json.append("\"}").toString();
  }

  /** Names of functions, versions and commits are plain ASCII: nothing in them needs an escape. */
  private static void member(StringBuilder json, String name, String value) {
    json.append(",\"").append(name).append("\":\"");
    for (int i = 0; i < Math.min(value.length(), LONGEST); i++) {
      char c = value.charAt(i);
      json.append(c >= ' ' && c < 127 && c != '"' && c != '\\' ? c : '?');
    }
    json.append('"');
  }

  /** Appends RFC 3339 in UTC, to the millisecond. */
  static void timestamp(StringBuilder text, Instant time) {
    long days = Math.floorDiv(time.getEpochSecond(), SECONDS_A_DAY);
    int second = Math.floorMod(time.getEpochSecond(), SECONDS_A_DAY);
    date(text, days);
    number(text.append('T'), second / 3_600, 2);
    number(text.append(':'), second / 60 % 60, 2);
    number(text.append(':'), second % 60, 2);
    number(text.append('.'), time.getNano() / 1_000_000, 3);
    text.append('Z');
  }

  /** Counts from 1970 on: the clock of an environment shows no earlier day. */
  private static void date(StringBuilder text, long daysSince1970) {
    long days = daysSince1970;
    int year = 1970;
    while (days >= (isLeap(year) ? 366 : 365)) {
      days -= isLeap(year) ? 366 : 365;
      year++;
    }
    int month = 1;
    while (days >= daysOf(month, year)) {
      days -= daysOf(month, year);
      month++;
    }
    number(text, year, 4);
    number(text.append('-'), month, 2);
    number(text.append('-'), (int) days + 1, 2);
  }

  private static boolean isLeap(int year) {
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  }

  private static int daysOf(int month, int year) {
    return switch (month) {
      case 2 -> isLeap(year) ? 29 : 28;
      case 4, 6, 9, 11 -> 30;
      default -> 31;
    };
  }

  private static void number(StringBuilder text, int value, int digits) {
    int limit = 10;
    for (int i = 1; i < digits; i++) {
      if (value < limit) {
        text.append('0');
      }
      limit *= 10;
    }
    text.append(value);
  }
}
