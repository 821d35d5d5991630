package io.leakguard.chaos.scenario;

import io.leakguard.chaos.fault.Toxic;

/** Toxics in words. */
final class Toxics {
  private Toxics() {}

  static String text(Toxic toxic) {
    if (toxic instanceof Toxic.Latency latency) {
      return "answers arrive "
          + latency.latency().toMillis()
          + " ms late"
          + (latency.jitter().isZero()
              ? ""
              : ", give or take " + latency.jitter().toMillis() + " ms");
    }
    if (toxic instanceof Toxic.Hang) {
      return "connections are accepted and nothing of an answer ever arrives";
    }
    if (toxic instanceof Toxic.ResetPeer) {
      return "connections are reset (RST) at the first byte of an answer";
    }
    if (toxic instanceof Toxic.LimitData limit) {
      return "connections are closed (FIN) after " + limit.bytes() + " bytes of answers";
    }
    return toxic.toString();
  }
}
