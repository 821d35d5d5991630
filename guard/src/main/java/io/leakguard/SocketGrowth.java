package io.leakguard;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/**
 * The number of sockets, and whether those that came of late are such as a pool holds.
 *
 * <p>A pool that warms up keeps connections open; it does not collect sockets that listen, that
 * their peers have closed, or that were never connected. So such sockets are a leak as soon as they
 * rise as one, while connections must outgrow a pool. The kernel's tables are read for that at the
 * fourth rise at the earliest, and then each time the rises have doubled. Not thread-safe.
 */
final class SocketGrowth extends Growth {
  /** The largest bound that is customary for pools of connections. */
  static final int LARGEST_POOL = 50;

  private static final int RISES_LOOKED_AT = 4;

  private final Deque<Set<Long>> beforeRises = new ArrayDeque<>();
  private Set<Long> before = Set.of();
  private Set<Long> open;
  private SocketPeers peers;
  private int nextReading;

  /**
   * Goes on from what is open.
   *
   * @param open the inodes of the sockets that are older than the first look
   */
  SocketGrowth(Set<Long> open) {
    super(new Slope());
    this.open = open;
  }

  /** Tells which sockets are open, before their number is judged. */
  void look(Set<Long> inodes) {
    before = open;
    open = inodes;
  }

  @Override
  void rose() {
    if (slope().rises() == 1) {
      beforeRises.clear();
      nextReading = 0;
    }
    beforeRises.addLast(before);
    if (beforeRises.size() > RISES_LOOKED_AT) {
      beforeRises.removeFirst();
    }
    peers = null;
  }

  @Override
  boolean isProven() {
    if (!slope().isConfirmed()) {
      return false;
    }
    if (slope().hasOutgrown(LARGEST_POOL)) {
      return true;
    }
    if (slope().rises() < nextReading) {
      return false;
    }
    nextReading = 2 * slope().rises();
    return newcomers() != null && !newcomers().mayBePooled();
  }

  /** Returns what the last rises opened, as it is now; null where nothing of it is left. */
  SocketPeers newcomers() {
    if (peers == null && !beforeRises.isEmpty()) {
      Set<Long> late = new HashSet<>(open);
      late.removeAll(beforeRises.getFirst());
      peers = SocketPeers.of(late, SocketTable.read());
    }
    return peers;
  }
}
