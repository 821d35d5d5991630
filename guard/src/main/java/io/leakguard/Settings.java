package io.leakguard;

import io.leakguard.diagnosis.SafeText;
import java.time.Duration;
import java.util.List;

/**
 * The validated settings of one guard: what the builder says, else the environment, else these.
 *
 * @param service empty where none is set
 * @param commit empty where none is set; the artifact may still say it
 * @param dumpAt threads; 0 for never
 */
record Settings(
    boolean disabled,
    LeakPolicy policy,
    String namespace,
    String service,
    String commit,
    boolean signOfLife,
    Duration settle,
    int dumpAt,
    CreationSites creationSites,
    boolean breaker,
    List<IgnoreRule> ignored) {
  static final String DEFAULT_NAMESPACE = "LeakGuard";

  /** 9 to 19 % of correctly closed pools still have a worker for some milliseconds (measured). */
  static final Duration DEFAULT_SETTLE = Duration.ofMillis(25);

  static final Duration LONGEST_SETTLE = Duration.ofSeconds(10);

  /** Half of Lambda's quota of 1,024 threads and processes. */
  static final int DEFAULT_DUMP_AT = 512;

  private static final int LARGEST_DUMP_AT = 100_000;

  Settings {
    requireNamespace(namespace);
    if (!service.isEmpty()) {
      requireService(service);
    }
    if (!commit.isEmpty()) {
      requireCommit(commit);
    }
    requireSettle(settle);
    requireDumpAt(dumpAt);
    ignored = List.copyOf(ignored);
  }

  /** What holds where nobody says anything. */
  static Settings defaults() {
    return new Settings(
        false,
        LeakPolicy.REPORT,
        DEFAULT_NAMESPACE,
        "",
        "",
        true,
        DEFAULT_SETTLE,
        DEFAULT_DUMP_AT,
        CreationSites.ON_SUSPICION,
        false,
        List.of());
  }

  /** CloudWatch's own rule: 1 to 256 characters of a small set. */
  static String requireNamespace(String namespace) {
    boolean fits = !namespace.isEmpty() && namespace.length() <= 256;
    for (int i = 0; fits && i < namespace.length(); i++) {
      fits = isAllowed(namespace.charAt(i));
    }
    if (!fits) {
      throw new IllegalArgumentException(
          "namespace must be 1 to 256 characters of a-z A-Z 0-9 . _ # : / -: "
              + SafeText.of(namespace, 300));
    }
    return namespace;
  }

  private static boolean isAllowed(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || "._#:/-".indexOf(c) >= 0;
  }

  /** CloudWatch's own rule for the value of a dimension, but shorter: 1,024 would fit. */
  static String requireService(String service) {
    boolean fits = !service.isBlank() && service.length() <= 256 && service.charAt(0) != ':';
    for (int i = 0; fits && i < service.length(); i++) {
      fits = service.charAt(i) >= ' ' && service.charAt(i) < 127;
    }
    if (!fits) {
      throw new IllegalArgumentException(
          "service must be 1 to 256 printable ASCII characters, not blank, not beginning with a"
              + " colon: "
              + SafeText.of(service, 300));
    }
    return service;
  }

  static String requireCommit(String commit) {
    if (!isCommit(commit)) {
      throw new IllegalArgumentException(
          "commit must be 1 to 64 characters of a-z A-Z 0-9 . _ : / + -: "
              + SafeText.of(commit, 100));
    }
    return commit;
  }

  /**
   * A hash or a name such as {@code v1.4-3-g5e2f}; not a placeholder that a build left as it is.
   */
  static boolean isCommit(String text) {
    boolean fits = !text.isEmpty() && text.length() <= 64;
    for (int i = 0; fits && i < text.length(); i++) {
      char c = text.charAt(i);
      fits = c == '+' || (c != '#' && isAllowed(c));
    }
    return fits;
  }

  static Duration requireSettle(Duration settle) {
    if (settle.isNegative() || settle.compareTo(LONGEST_SETTLE) > 0) {
      throw new IllegalArgumentException("settle must be between PT0S and PT10S: " + settle);
    }
    return settle;
  }

  static int requireDumpAt(int threads) {
    if (threads < 0 || threads > LARGEST_DUMP_AT) {
      throw new IllegalArgumentException("dumpAt must be between 0 and 100000 threads: " + threads);
    }
    return threads;
  }
}
