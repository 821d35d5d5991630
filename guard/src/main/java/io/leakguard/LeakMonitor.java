package io.leakguard;

import com.amazonaws.services.lambda.runtime.Context;
import io.leakguard.diagnosis.SafeText;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The one state of an execution environment that all its guards share: baseline, roster, suspects.
 *
 * <p>Thread-safe. Checks exclude each other but never wait for one another: where one is under way,
 * a second one is left to the next invocation.
 */
final class LeakMonitor {
  /** While something is leaked, the gauges are sent at least so often. */
  private static final long RESEND_NANOS = 10_000_000_000L;

  private static final LeakMonitor OF_THIS_JVM = new LeakMonitor();

  private final ReentrantLock checking = new ReentrantLock();
  private final Lanes lanes = new Lanes();
  private final Filters filters = new Filters();
  private final Roster roster = new Roster();
  private final Object failing = new Object();

  /** Made with the first thread that is not of the baseline: until then its class is not needed. */
  private Book book;

  private Reporter reporter;
  private boolean failed;
  private volatile boolean sealed;
  private volatile boolean lookAgain;
  private String lastRequestId;
  private int leaked;
  private int sentLeaked;
  private long sentAt;

  static LeakMonitor ofThisJvm() {
    return OF_THIS_JVM;
  }

  void ignore(List<IgnoreRule> rules) {
    if (!rules.isEmpty()) {
      filters.add(rules);
    }
  }

  /** Called before the handler; returns what {@link #end} is to be called with. */
  long begin(Context context, Settings settings, Host host) {
    if (!sealed) {
      seal();
    } else if (lookAgain) {
      check(false, context, settings, host);
    }
    return lanes.enter(Thread.currentThread());
  }

  /** The baseline: what is alive when the first invocation begins. */
  private void seal() {
    checking.lock();
    try {
      if (!sealed) {
        roster.look();
        for (Sighting sighting : roster.born()) {
          sighting.standing = Sighting.Standing.ACCEPTED;
        }
        sealed = true;
      }
    } finally {
      checking.unlock();
    }
  }

  /** Called after the handler, whatever came of it. */
  void end(long ticket, Context context, Settings settings, Host host) {
    if (ticket == Lanes.NESTED) {
      return;
    }
    lanes.leave(ticket);
    check(true, context, settings, host);
  }

  private void check(boolean atEnd, Context context, Settings settings, Host host) {
    if (!checking.tryLock()) {
      lookAgain = true;
      return;
    }
    try {
      boolean changed = roster.look();
      if (changed || lookAgain || (leaked > 0 && isDue(host))) {
        String requestId = atEnd && context != null ? context.getAwsRequestId() : lastRequestId;
        lastRequestId = requestId;
        examine(new Look(atEnd, requestId, context, settings, host), changed);
      }
    } finally {
      checking.unlock();
    }
  }

  private void examine(Look look, boolean changed) {
    // Set first: should anything below fail, the next invocation looks again.
    lookAgain = true;
    if (book == null) {
      book = new Book(filters, lanes);
      reporter = new Reporter();
    }
    if (changed) {
      book.update(roster, look.requestId());
    }
    book.judge(look, roster.live(), changed ? roster.born() : List.of());
    leaked = book.leaked();
    if (reporter.hasTime(look) || !look.atEnd()) {
      report(look);
    }
    lookAgain = book.isOpen() || (changed && look.atEnd());
  }

  private void report(Look look) {
    Totals totals = new Totals(roster.live(), roster.surplus(), leaked);
    List<Group> news = book.hasNews() ? book.news() : List.of();
    for (Group group : news) {
      Finding finding = Findings.of(group, lanes.last(), look);
      // First: a finding whose report fails is not tried again and again.
      group.reported(finding.inFull());
      reporter.write(finding, totals, look);
      sent(look.host());
    }
    boolean zeroUnsent = leaked == 0 && sentLeaked > 0;
    if (news.isEmpty() && (zeroUnsent || (leaked > 0 && isDue(look.host())))) {
      reporter.write(totals, look);
      sent(look.host());
    }
  }

  /** Returns how many fingerprints are remembered; it stays bounded. */
  int rememberedGroups() {
    return book == null ? 0 : book.size();
  }

  private boolean isDue(Host host) {
    return host.nanoTime() - sentAt >= RESEND_NANOS;
  }

  private void sent(Host host) {
    sentAt = host.nanoTime();
    sentLeaked = leaked;
  }

  /** Logs the first failure of the guard itself and swallows all; never throws. */
  void failed(Throwable failure, Context context, Host host) {
    try {
      synchronized (failing) {
        if (failed) {
          return;
        }
        failed = true;
      }
      String what = SafeText.of(String.valueOf(failure), 500);
      GuardLog.text(context, host, "LeakGuard failed and goes on without a report: " + what);
    } catch (Throwable ignored) {
      // The log is broken too; the handler's own result is what counts.
    }
  }
}
