package io.leakguard;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Decides what is told when: news of groups and resources at once, gauges again while something is
 * leaked.
 *
 * <p>Guarded by the monitor's check lock.
 */
final class Reports {
  /** While something is leaked, the gauges are sent at least so often. */
  private static final long RESEND_NANOS = 10_000_000_000L;

  private final Reporter reporter;

  /**
   * What was said last of the resources that grow, by fingerprint; they end like leaked threads.
   */
  private final Map<String, ResourceNews> growing = new HashMap<>();

  private int sentLeaked;
  private long sentAt;

  Reports(Artifact artifact) {
    this.reporter = new Reporter(artifact);
  }

  Reporter reporter() {
    return reporter;
  }

  /** Says whether the gauges are to be sent again. */
  boolean isDue(int leaked, Host host) {
    return (leaked > 0 || !growing.isEmpty()) && host.nanoTime() - sentAt >= RESEND_NANOS;
  }

  /**
   * Tells what is new.
   *
   * @return the beginning of the report where a leak of threads was confirmed; null otherwise
   */
  String write(List<Group> groups, List<ResourceNews> resources, Totals totals, Look look) {
    boolean hasTime = reporter.hasTime(look);
    String confirmed = null;
    boolean told = false;
    for (Group group : groups) {
      if (hasTime || !group.isToldInShort()) {
        String head = write(group, hasTime, totals, look);
        confirmed = confirmed == null ? head : confirmed;
        told = true;
      }
    }
    for (ResourceNews news : resources) {
      if (hasTime && isWorthALine(news)) {
        reporter.write(news, totals, look);
        told = true;
      }
    }
    boolean zeroUnsent = totals.leaked() == 0 && sentLeaked > 0;
    if (!told && hasTime && (zeroUnsent || isDue(totals.leaked(), look.host()))) {
      reporter.write(totals, look);
      told = true;
    }
    if (told) {
      sentAt = look.host().nanoTime();
      sentLeaked = totals.leaked();
    }
    return confirmed;
  }

  private String write(Group group, boolean hasTime, Totals totals, Look look) {
    Finding finding = Findings.of(group, look);
    boolean isConfirmed = group.verdict() == Verdict.GROWING && group.reported() != Verdict.GROWING;
    if (hasTime) {
      // First: a finding whose report fails is not tried again and again.
      group.reported(finding.inFull());
      reporter.write(finding, totals, look);
    } else {
      group.toldInShort();
      reporter.writeInShort(finding, totals, look);
    }
    return isConfirmed ? LogBlock.headOf(finding) : null;
  }

  /** A suspicion is not: connections that are opened for the first time raise it too. */
  private boolean isWorthALine(ResourceNews news) {
    return switch (news.verdict()) {
      case GROWING -> {
        growing.put(news.fingerprint(), news);
        yield true;
      }
      case ESCAPED -> false;
      case BOUNDED, RECOVERED -> growing.remove(news.fingerprint()) != null;
    };
  }

  /**
   * Returns the invocations until the first limit is reached; empty where nothing grows. A
   * suspicion is no growth: an alarm may take any forecast for a leak.
   */
  OptionalLong invocationsLeft(
      double threadsPerInvocation, int live, List<ResourceNews> resources, int descriptors) {
    OptionalLong left = OptionalLong.empty();
    if (threadsPerInvocation > 0) {
      int threads = Math.max(live, Forecast.osThreads());
      left = Forecast.invocationsLeft(threads, Forecast.THREAD_LIMIT, threadsPerInvocation);
    }
    Map<String, ResourceNews> latest = new HashMap<>(growing);
    for (ResourceNews news : resources) {
      latest.put(news.fingerprint(), news);
    }
    for (ResourceNews news : latest.values()) {
      OptionalLong other = news.invocationsLeft(descriptors);
      if (news.verdict() == Verdict.GROWING
          && other.isPresent()
          && (left.isEmpty() || other.getAsLong() < left.getAsLong())) {
        left = other;
      }
    }
    return left;
  }
}
