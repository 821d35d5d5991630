package io.leakguard.gauntlet;

import java.util.Optional;

/**
 * What a run showed.
 *
 * @param done the child's own last line; empty where it did not reach its end
 * @param inTime whether the child ended before the time limit
 * @param alarm the last document that raised an alarm
 * @param alarmAtEnd whether the last state known is an alarm
 * @param suspectAtEnd whether the last state known has something undecided
 */
record Observation(
    Optional<String> done,
    boolean inTime,
    Optional<Document> alarm,
    Optional<Document> last,
    boolean alarmAtEnd,
    boolean suspectAtEnd) {
  boolean alarmEver() {
    return alarm.isPresent();
  }
}
