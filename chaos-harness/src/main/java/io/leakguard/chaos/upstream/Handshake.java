package io.leakguard.chaos.upstream;

/** How an upstream begins TLS. */
public enum Handshake {
  /** With a certificate that the function trusts. */
  NORMAL,
  /** Not at all: the connection is accepted, and then there is silence. */
  STALLED,
  /** With a certificate that the function does not trust. */
  UNTRUSTED
}
