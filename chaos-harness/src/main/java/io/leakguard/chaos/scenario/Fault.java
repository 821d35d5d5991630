package io.leakguard.chaos.scenario;

import java.util.Optional;

/**
 * One thing that goes wrong during the fault phases of a shape; a shape may combine several. Each
 * kind says what it needs of the function before it is started, and pulls its levers when a fault
 * phase begins; when one ends, all levers are released together.
 */
public sealed interface Fault permits ConnectionFault, UpstreamFault, CallerFault, LambdaFault {
  /** In words: what is done to bring it about. */
  String how();

  /** What of it can be done to a function that is deployed. */
  FromOutside outside();

  /** Says what the function must be started with. */
  default void prepare(Setup setup) {}

  /** Begins. */
  default void arm(Levers levers) {}

  /** Why it cannot be played on a function; empty when it can. */
  default Optional<String> refusal(Target target) {
    return Optional.empty();
  }

  /** What a function must have to be played on, in words; empty when any will do. */
  default String needs() {
    return "";
  }
}
