package io.leakguard.chaos.proxy;

/**
 * What a toxic does to one direction of one connection, from its start to its interruption. An
 * update, and a neighbour that comes or goes, interrupts it and starts a new one, as in Toxiproxy.
 */
interface Behaviour {
  /** Does one thing at most; true when something moved. */
  boolean step(Inlet in, Outlet out);

  /** Sends on what it holds, at once: an interruption loses no data. */
  default void interrupt(Outlet out) {}

  /** Whether it can be interrupted now. */
  default boolean interruptible() {
    return true;
  }
}
