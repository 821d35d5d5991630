package io.leakguard.chaos.staging;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsRequest;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsResponse;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;

/**
 * Stops a run from outside: when an alarm goes off, when alarms cannot be read any more, or when
 * its time is over. It interrupts the thread that plays. Thread-safe.
 */
final class Watchman implements AutoCloseable {
  /** So many reads in a row may fail. */
  private static final int LOST = 3;

  private final CloudWatchClient cloudWatch;
  private final List<String> names;
  private final Duration every;
  private final long end;
  private final Duration longest;
  private final Thread playing;
  private final Thread thread = new Thread(this::watch, "staging-watchman");
  private String reason;
  private boolean closed;

  private Watchman(CloudWatchClient cloudWatch, GuardRails rails, Duration every, Thread playing) {
    this.cloudWatch = cloudWatch;
    this.names = rails.stopAlarms();
    this.longest = rails.longest();
    this.every = every;
    this.end = System.nanoTime() + longest.toNanos();
    this.playing = playing;
  }

  /**
   * Watches over the current thread.
   *
   * @param every how long between two looks
   * @throws StagingException when an alarm is on already, or is not known
   */
  static Watchman overThisThread(CloudWatchClient cloudWatch, GuardRails rails, Duration every) {
    Watchman watchman = new Watchman(cloudWatch, rails, every, Thread.currentThread());
    Optional<String> on = watchman.alarm();
    if (on.isPresent()) {
      throw new StagingException(on.get() + ": nothing was begun");
    }
    watchman.thread.setDaemon(true);
    watchman.thread.start();
    return watchman;
  }

  /** The alarm that is on, in words. */
  private Optional<String> alarm() {
    if (names.isEmpty()) {
      return Optional.empty();
    }
    DescribeAlarmsResponse told =
        Aws.asked(
            "tell about the stop alarms",
            () ->
                cloudWatch.describeAlarms(
                    DescribeAlarmsRequest.builder()
                        .alarmNames(names)
                        .alarmTypesWithStrings("MetricAlarm", "CompositeAlarm")
                        .build()));
    for (String name : names) {
      boolean known =
          told.metricAlarms().stream().anyMatch(a -> a.alarmName().equals(name))
              || told.compositeAlarms().stream().anyMatch(a -> a.alarmName().equals(name));
      if (!known) {
        throw new StagingException("there is no alarm '" + name + "' (guardRails.stopAlarms)");
      }
    }
    return told.metricAlarms().stream()
        .filter(alarm -> alarm.stateValue() == StateValue.ALARM)
        .map(alarm -> words(alarm.alarmName(), alarm.stateReason()))
        .findFirst()
        .or(
            () ->
                told.compositeAlarms().stream()
                    .filter(alarm -> alarm.stateValue() == StateValue.ALARM)
                    .map(alarm -> words(alarm.alarmName(), alarm.stateReason()))
                    .findFirst());
  }

  private static String words(String name, String why) {
    return "stop alarm '" + name + "' is on" + (why == null || why.isBlank() ? "" : ": " + why);
  }

  private void watch() {
    int lost = 0;
    try {
      while (true) {
        Thread.sleep(
            Math.min(every.toMillis(), Math.max(1, (end - System.nanoTime()) / 1_000_000)));
        if (System.nanoTime() >= end) {
          stop("guardRails.maximumDuration is over: " + longest.toSeconds() + " s");
          return;
        }
        try {
          Optional<String> on = alarm();
          lost = 0;
          if (on.isPresent()) {
            stop(on.get());
            return;
          }
        } catch (StagingException e) {
          lost++;
          if (lost >= LOST) {
            stop("the stop alarms cannot be read any more: " + e.getMessage());
            return;
          }
        }
      }
    } catch (InterruptedException e) {
      // The run is over.
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void stop(String why) {
    if (!closed) {
      reason = why;
      playing.interrupt();
    }
  }

  /** Why it has stopped the run; empty when it has not. */
  synchronized Optional<String> reason() {
    return Optional.ofNullable(reason);
  }

  /** What follows is not interrupted any more. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    thread.interrupt();
  }
}
