package io.leakguard.chaos.proxy;

import java.util.Locale;
import java.util.Optional;

/** Which way bytes go. */
enum Direction {
  /** From the client to the server. */
  UPSTREAM,
  /** From the server to the client. */
  DOWNSTREAM;

  static Optional<Direction> parse(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "upstream" -> Optional.of(UPSTREAM);
      case "downstream" -> Optional.of(DOWNSTREAM);
      default -> Optional.empty();
    };
  }
}
