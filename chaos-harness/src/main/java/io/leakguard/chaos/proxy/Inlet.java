package io.leakguard.chaos.proxy;

/** What a behaviour sees of the stage that it runs in. */
interface Inlet {
  /** The next chunk, or null when there is none now. */
  Chunk take();

  /** How the input ended, or null while chunks are left or may come. */
  End ended();

  /** Ends the output; nothing of the input is looked at any more. */
  void finish(Outlet out, End how);

  /** Now, on the clock of {@link System#nanoTime()}. */
  long now();

  /** Whether this time has come; if not, the behaviour is asked again then. */
  boolean reached(long time);

  /** Bytes that a limit has let pass on this connection; outlives an update of the toxic. */
  long passed();

  /** Counts bytes that a limit let pass. */
  void addPassed(long bytes);

  /** Passes the end of the input on, if it is there; true when it was. */
  default boolean passEnd(Outlet out) {
    End how = ended();
    if (how == null) {
      return false;
    }
    finish(out, how);
    return true;
  }
}
