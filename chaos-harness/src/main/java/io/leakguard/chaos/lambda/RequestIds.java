package io.leakguard.chaos.lambda;

import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Ids in the form of AWS's, from a random source that costs nothing. */
final class RequestIds {
  private RequestIds() {}

  static String next() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    long high = (random.nextLong() & ~0xf000L) | 0x4000L;
    long low = (random.nextLong() & Long.MAX_VALUE >>> 1) | Long.MIN_VALUE;
    return new UUID(high, low).toString();
  }

  /** A header of X-Ray for a trace that is not sampled. */
  static String nextTrace() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    String root = hex(System.currentTimeMillis() / 1000, 8);
    String rest = hex(random.nextLong() & 0xffff_ffffL, 8) + hex(random.nextLong(), 16);
    return "Root=1-" + root + "-" + rest + ";Parent=" + hex(random.nextLong(), 16) + ";Sampled=0";
  }

  private static String hex(long value, int digits) {
    String text = Long.toHexString(value).toLowerCase(Locale.ROOT);
    return "0".repeat(Math.max(0, digits - text.length())) + text;
  }
}
