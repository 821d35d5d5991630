package io.leakguard.chaos.fault;

import java.time.Duration;

/**
 * One disturbance of a connection, with the exact meaning that Toxiproxy 2.12 gives it. All of them
 * disturb what the upstream sends.
 */
public sealed interface Toxic {
  /** Every chunk arrives later; connecting and closing do not. */
  record Latency(Duration latency, Duration jitter) implements Toxic {}

  /** The connection is accepted and stays open, but nothing of the answer ever arrives. */
  record Hang() implements Toxic {}

  /** The connection is reset (RST) at the first byte of the answer. */
  record ResetPeer() implements Toxic {}

  /** The connection is closed (FIN) after so many bytes of answers. */
  record LimitData(long bytes) implements Toxic {}
}
