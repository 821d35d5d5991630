package io.leakguard;

import io.leakguard.diagnosis.SafeText;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Whom the sockets that came of late are connected to, and in which state most of them are.
 *
 * @param key state and peer of most of them, safe for one line: {@code socket CLOSE_WAIT to :8080}
 * @param identity the same without the state, which changes while a socket waits
 * @param state the state of most that have this peer
 * @param detail the most frequent states and exact peers with their counts, safe for one line
 */
record SocketPeers(String key, String identity, String state, String detail) {
  private static final int SHOWN = 3;
  private static final int LONGEST = 200;

  /** Finds the peer that most of these sockets have; null where there are none. */
  static SocketPeers of(Collection<Long> inodes, SocketTable table) {
    Map<String, List<OpenSocket>> byPeer = new LinkedHashMap<>();
    Map<String, Integer> exact = new LinkedHashMap<>();
    for (Long inode : inodes) {
      OpenSocket socket = table.find(inode);
      String peer = socket.peer(table.isAccepted(socket));
      byPeer.computeIfAbsent(peer, p -> new ArrayList<>()).add(socket);
      exact.merge(socket.exact(), 1, Integer::sum);
    }
    return byPeer.entrySet().stream()
        .max(Comparator.comparingInt(peer -> peer.getValue().size()))
        .map(peer -> of(peer.getKey(), peer.getValue(), exact, table))
        .orElse(null);
  }

  /** Says whether a pool may keep them for use: connections, not what is left of them. */
  boolean mayBePooled() {
    return state.equals("ESTABLISHED") || state.equals("UNIX");
  }

  private static SocketPeers of(
      String peer, List<OpenSocket> sockets, Map<String, Integer> exact, SocketTable table) {
    Map<String, Integer> titles = new LinkedHashMap<>();
    Map<String, String> states = new LinkedHashMap<>();
    for (OpenSocket socket : sockets) {
      String title = socket.title(table.isAccepted(socket));
      titles.merge(title, 1, Integer::sum);
      states.put(title, socket.state());
    }
    String title = most(titles, 1).get(0).getKey();
    List<String> parts =
        most(exact, SHOWN).stream().map(part -> part.getValue() + " " + part.getKey()).toList();
    return new SocketPeers(
        SafeText.of("socket " + title, LONGEST),
        "socket " + peer,
        states.get(title),
        SafeText.of(String.join(", ", parts), LONGEST));
  }

  private static List<Map.Entry<String, Integer>> most(Map<String, Integer> counts, int limit) {
    return counts.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .limit(limit)
        .toList();
  }
}
