package io.leakguard.chaos.scenario;

import io.leakguard.chaos.fault.Toxic;
import io.leakguard.chaos.upstream.Answer;
import java.time.Duration;
import java.util.List;

/** One thing that goes wrong during the fault phases of a shape; a shape may combine several. */
public sealed interface Fault {
  /**
   * The connection to the upstream is disturbed.
   *
   * @param reconnect whether open connections are closed first, for toxics that only have their
   *     full effect on connections made after them
   */
  record Disturb(List<Toxic> toxics, boolean reconnect) implements Fault {
    public Disturb {
      toxics = List.copyOf(toxics);
    }
  }

  /** Nothing listens at the upstream's address. */
  record Refuse() implements Fault {}

  /** The upstream answers otherwise than it should. */
  record Answers(Answer answer) implements Fault {}

  /** The caller of the function gives up after this long and closes its connection. */
  record ImpatientClient(Duration timeout) implements Fault {}

  /** The environment is frozen at once when idle, and its connections are closed meanwhile. */
  record CloseWhileFrozen() implements Fault {}

  /** The function's timeout is this short, so that Lambda kills the environment in mid-work. */
  record FunctionTimeout(Duration timeout) implements Fault {}
}
