package io.leakguard.chaos.staging;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a staging run may do at most.
 *
 * @param accounts AWS accounts it may run in, at least one
 * @param stages stages it may run in, at least one
 * @param stageTag the tag of the functions that must say the stage; empty: the file's word is taken
 * @param longest after which it is stopped
 * @param stopAlarms CloudWatch alarms that stop it
 * @param invocations how many it may send
 * @param perSecond how many it may send in a second
 */
public record GuardRails(
    List<String> accounts,
    List<String> stages,
    Optional<String> stageTag,
    Duration longest,
    List<String> stopAlarms,
    int invocations,
    int perSecond) {
  public GuardRails {
    accounts = List.copyOf(accounts);
    stages = List.copyOf(stages);
    stopAlarms = List.copyOf(stopAlarms);
  }
}
