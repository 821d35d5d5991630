package io.leakguard.chaos.scenario;

import io.leakguard.chaos.fault.Toxic;
import java.util.List;

/**
 * What is left of a fault where neither the function nor its upstream is in the harness's hands.
 */
public sealed interface FromOutside {
  /**
   * The proxy before the upstream disturbs connections.
   *
   * @param reconnect whether open connections are closed first
   */
  record Disturbed(List<Toxic> toxics, boolean reconnect) implements FromOutside {
    public Disturbed {
      toxics = List.copyOf(toxics);
    }
  }

  /** The proxy before the upstream closes its port. */
  record Refused() implements FromOutside {}

  /** The caller does it, by how it sends its events. */
  record Called() implements FromOutside {}

  /**
   * Nothing.
   *
   * @param why what would be needed, in words
   */
  record Impossible(String why) implements FromOutside {}
}
