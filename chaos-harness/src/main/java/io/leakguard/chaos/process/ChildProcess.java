package io.leakguard.chaos.process;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;

/**
 * A process of the run, leader of its own process group. Signals go to the whole group, so that
 * what the child started is frozen, thawed and killed with it. Thread-safe.
 */
public final class ChildProcess {
  private final Supervisor supervisor;
  private final Process process;

  ChildProcess(Supervisor supervisor, Process process) {
    this.supervisor = supervisor;
    this.process = process;
  }

  /** The process itself, for code that works with any; signals sent through it reach it alone. */
  public Process process() {
    return process;
  }

  /** The process id, which is also the id of its group. */
  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Completes with the exit status; 128 plus the signal's number when a signal ended it. */
  public CompletableFuture<Integer> exit() {
    return process.onExit().thenApply(Process::exitValue);
  }

  /**
   * The child's standard output; with {@link Command.Streams#FRAMED_LOG} its standard error too.
   */
  public InputStream output() {
    return process.getInputStream();
  }

  /** The child's standard error or, with {@link Command.Streams#FRAMED_LOG}, its framed log. */
  public InputStream errorOrFramedLog() {
    return process.getErrorStream();
  }

  /** The child's standard input. */
  public OutputStream input() {
    return process.getOutputStream();
  }

  /** Stops the group (SIGSTOP); returns before the kernel has done it. */
  public void freeze() {
    supervisor.signal("STOP", this);
  }

  /** Whether the kernel shows the process as stopped. */
  public boolean isFrozen() {
    return ProcessState.of(pid()).isStopped();
  }

  /** Lets the group go on (SIGCONT). */
  public void thaw() {
    supervisor.signal("CONT", this);
  }

  /** Ends the group at once (SIGKILL), also when it is stopped. */
  public void kill() {
    supervisor.signal("KILL", this);
    process.destroyForcibly();
  }
}
