package io.leakguard.chaos.proxy;

/** Where a stage sends to: the next stage, or the socket. */
interface Outlet {
  /** Whether more is wanted now. */
  boolean hasRoom();

  /** Takes a chunk, with or without room: what a toxic held when it was removed is never lost. */
  void accept(Chunk chunk);

  /** Nothing follows. */
  void end(End how);
}
