package io.leakguard;

import java.util.OptionalLong;

/**
 * What became known about something other than threads that grows from invocation to invocation.
 *
 * @param kind {@code descriptor}, {@code socket}, {@code memory} or {@code backlog}
 * @param key what exactly, safe for one line, such as {@code socket CLOSE_WAIT to :8080}
 * @param detail an example or the parts, safe for one line; may be empty
 * @param level how many there are; MiB for memory
 * @param perInvocation growth per invocation since it began; 0 where that says nothing
 * @param fingerprint one bug, one value, as for threads; 12 hexadecimal digits
 */
record ResourceNews(
    String kind,
    String key,
    String detail,
    int level,
    double perInvocation,
    Verdict verdict,
    String fingerprint,
    ResourceDiagnosis diagnosis) {

  /** Returns the same thing as it is now. */
  ResourceNews now(int newLevel, Verdict newVerdict) {
    return new ResourceNews(kind, key, detail, newLevel, 0, newVerdict, fingerprint, diagnosis);
  }

  /** Says whether this counts against the limit of descriptors. */
  boolean holdsDescriptors() {
    return kind.equals("descriptor") || kind.equals("socket");
  }

  /**
   * Returns after how many more invocations there are no descriptors left; empty where this holds
   * none or does not grow.
   *
   * @param descriptors open descriptors of the whole process
   */
  OptionalLong invocationsLeft(int descriptors) {
    return holdsDescriptors()
        ? Forecast.invocationsLeft(descriptors, Forecast.DESCRIPTOR_LIMIT, perInvocation)
        : OptionalLong.empty();
  }
}
