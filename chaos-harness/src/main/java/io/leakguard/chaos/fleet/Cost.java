package io.leakguard.chaos.fleet;

/**
 * What queries had to read.
 *
 * @param bytes what is paid for
 * @param lines log events
 */
public record Cost(int queries, double bytes, double lines) {
  static final Cost NONE = new Cost(0, 0, 0);

  /** AWS's list price of Logs Insights in us-east-1, USD per GB scanned; most regions are near. */
  public static final double LIST_PRICE = 0.005;

  private static final double GIGABYTE = 1e9;

  Cost plus(Cost other) {
    return new Cost(queries + other.queries, bytes + other.bytes, lines + other.lines);
  }

  /** In gigabytes of 10^9 bytes: where AWS counts larger ones, it costs less. */
  double gigabytes() {
    return bytes / GIGABYTE;
  }

  /** In US dollars. */
  double dollars(double pricePerGigabyte) {
    return gigabytes() * pricePerGigabyte;
  }
}
