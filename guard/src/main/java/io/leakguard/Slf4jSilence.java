package io.leakguard;

/**
 * Keeps slf4j from printing three lines about a missing provider when the metrics library loads it.
 *
 * <p>A function without logging has no provider, and a guard that brought one would clash with the
 * function's own. slf4j 2.0.10 and newer read this property when their first class is loaded; a
 * value that the user has set is left alone, and older ones print their lines.
 */
final class Slf4jSilence {
  private static final String VERBOSITY = "slf4j.internal.verbosity";

  private Slf4jSilence() {}

  static void during(Runnable load) {
    if (System.getProperty(VERBOSITY) != null) {
      load.run();
      return;
    }
    System.setProperty(VERBOSITY, "ERROR");
    try {
      load.run();
    } finally {
      System.clearProperty(VERBOSITY);
    }
  }
}
