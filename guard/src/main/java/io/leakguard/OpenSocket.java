package io.leakguard;

/**
 * An open socket as the kernel's tables describe it.
 *
 * @param state for TCP as the kernel names it, such as {@code CLOSE_WAIT}; else {@code UDP}, {@code
 *     UNIX} or {@code unconnected}
 * @param remote the peer's address; the path of a Unix socket, empty if it has none
 * @param remotePort 0 where there is no peer
 */
record OpenSocket(String state, String remote, int remotePort, int localPort, Place place) {
  /** Which table it was found in. */
  enum Place {
    TCP,
    UDP,
    UNIX,
    NONE
  }

  /** Returns what it is connected to without what changes from one deploy to the next. */
  String peer(boolean accepted) {
    if (place == Place.UNIX || place == Place.NONE || state.equals("LISTEN")) {
      return state;
    }
    String protocol = place == Place.UDP ? "UDP " : "";
    if (accepted) {
      return protocol + "accepted on :" + localPort;
    }
    return remotePort == 0 ? state : protocol + "to :" + remotePort;
  }

  /** Returns state and peer, as {@code CLOSE_WAIT to :8080}. */
  String title(boolean accepted) {
    String peer = peer(accepted);
    return peer.startsWith(state) ? peer : state + " " + peer;
  }

  /** Returns state and the exact peer, as {@code CLOSE_WAIT 10.0.0.7:8080}. */
  String exact() {
    return switch (place) {
      case UNIX -> (state + " " + remote).trim();
      case NONE -> state;
      case TCP, UDP ->
          state.equals("LISTEN") ? "LISTEN :" + localPort : state + " " + remote + ":" + remotePort;
    };
  }
}
