package io.leakguard.chaos.proxy;

/** How one direction of a connection ends. */
enum End {
  /** The sender is done; the other direction may go on. */
  EOF,
  /** The connection is closed, by a toxic or because a peer is gone. */
  CLOSE
}
