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

  /** Whose invocations run in this JVM: outside of tests there is only the one above. */
  private static volatile LeakMonitor active = OF_THIS_JVM;

  private final ReentrantLock checking = new ReentrantLock();
  private final Lanes lanes = new Lanes();
  private final Filters filters = new Filters();
  private final UserCode code = new UserCode();
  private final Object failing = new Object();
  private Roster roster = new Roster();

  /** Made with the first thread that is not of the baseline: until then its class is not needed. */
  private Book book;

  /** Made with the first carrier thread; null until then. */
  private volatile VirtualThreads virtualThreads;

  private Reporter reporter;
  private boolean failed;
  private boolean dumped;
  private volatile boolean sealed;
  private volatile boolean lookAgain;

  /** Until then the class that knows who created a thread is not loaded. */
  private volatile boolean tracesOrigins;

  private long first = 1;
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

  /** Learns whose frames are the function's own. */
  void guards(Class<?> handler) {
    code.add(handler);
  }

  /** Called before the handler; returns what {@link #end} is to be called with. */
  long begin(Context context, Settings settings, Host host) {
    if (!sealed) {
      seal(host);
    } else if (lookAgain) {
      check(false, null, context, settings, host);
    }
    long ticket = lanes.enter(Thread.currentThread(), host.nanoTime());
    if (tracesOrigins && ticket != Lanes.NESTED) {
      Origins.enter(context == null ? null : context.getAwsRequestId(), ticket);
    }
    VirtualThreads watched = virtualThreads;
    if (watched != null && ticket != Lanes.NESTED) {
      watched.begin(ticket);
    }
    return ticket;
  }

  /** From now on it is recorded who creates threads. */
  void traceOrigins() {
    Origins.arm();
    tracesOrigins = true;
  }

  /** Labels what the invocation on the current thread creates from now on. */
  static void label(String key, String value) {
    LeakMonitor monitor = active;
    monitor.traceOrigins();
    if (!Origins.label(key, value)) {
      // The first label of an environment comes in an invocation that began untraced.
      long number = monitor.lanes.numberOf(Thread.currentThread());
      if (number != Lanes.NESTED) {
        Origins.enter(null, number);
        Origins.label(key, value);
      }
    }
  }

  /** The baseline: what is alive when the first invocation begins. */
  private void seal(Host host) {
    checking.lock();
    try {
      if (!sealed) {
        roster.look();
        roster.acceptAll();
        lookForCarriers(host);
        Postures.look(roster, 0);
        active = this;
        sealed = true;
      }
    } finally {
      checking.unlock();
    }
  }

  /** Carriers show in the enumeration, what they carry does not. */
  private void lookForCarriers(Host host) {
    if (virtualThreads != null) {
      return;
    }
    for (Sighting sighting : roster.born()) {
      Thread thread = sighting.get();
      ThreadGroup group = thread == null ? null : thread.getThreadGroup();
      if (group != null && group.getName().equals("CarrierThreads")) {
        virtualThreads = VirtualThreads.carrierSeen(lanes.last(), host);
        return;
      }
    }
  }

  /**
   * Makes the next invocation's beginning the first one again: what is alive then is the baseline,
   * and nothing is held against it. Called after a restore from a snapshot.
   */
  void sealAgain() {
    checking.lock();
    try {
      roster = new Roster();
      book = null;
      first = lanes.last() + 1;
      leaked = 0;
      lookAgain = false;
      sealed = false;
    } finally {
      checking.unlock();
    }
  }

  /** Accepts what is alive now, as if it were of the baseline. */
  void acceptLiving() {
    checking.lock();
    try {
      roster.look();
      roster.acceptAll();
      if (book != null) {
        book.acceptAll(roster);
        leaked = book.leaked();
      }
    } finally {
      checking.unlock();
    }
  }

  /** Loads what a report needs, before a snapshot is taken. */
  void prime(Settings settings, Host host) {
    checking.lock();
    try {
      reporter = reporter == null ? new Reporter() : reporter;
      Rehearsal.of(reporter, settings, host);
    } finally {
      checking.unlock();
    }
  }

  /**
   * Called after the handler, whatever came of it.
   *
   * @return the beginning of the report where a leak was confirmed; null otherwise
   */
  String end(long ticket, Context context, Settings settings, Host host) {
    if (ticket == Lanes.NESTED) {
      return null;
    }
    if (tracesOrigins) {
      Origins.leave();
    }
    lanes.leave(ticket, host.nanoTime());
    VirtualThreads watched = virtualThreads;
    VirtualLook virtual =
        watched == null ? null : watched.end(ticket, Settling.budget(settings.settle(), context));
    return check(true, virtual, context, settings, host);
  }

  private String check(
      boolean atEnd, VirtualLook virtual, Context context, Settings settings, Host host) {
    if (!checking.tryLock()) {
      lookAgain = true;
      return null;
    }
    try {
      boolean changed = roster.look();
      if (changed) {
        lookForCarriers(host);
      }
      long now = lanes.last();
      List<Sighting> still = atEnd && Postures.isDue(now) ? Postures.look(roster, now) : null;
      boolean due = atEnd && ((book != null && book.isDue(now)) || (leaked > 0 && isDue(host)));
      if (!changed && !lookAgain && still == null && virtual == null && !due) {
        return null;
      }
      if (atEnd && context != null) {
        lastRequestId = context.getAwsRequestId();
      }
      long thawed = lanes.thawedNanos(host.nanoTime());
      Look look = new Look(atEnd, now, first, thawed, lastRequestId, context, settings, host);
      return examine(look, changed, still, virtual);
    } finally {
      checking.unlock();
    }
  }

  private String examine(Look look, boolean changed, List<Sighting> still, VirtualLook virtual) {
    // Set first: should anything below fail, the next invocation looks again.
    lookAgain = true;
    if (book == null) {
      book = new Book(filters, lanes, code);
      reporter = reporter == null ? new Reporter() : reporter;
    }
    if (changed) {
      book.update(roster, look);
    }
    if (still != null) {
      book.still(still, look, roster.live());
    }
    if (virtual != null) {
      book.update(virtual, look);
    }
    book.judge(look, roster.live());
    leaked = book.leaked() + (look.isSamLocal() ? book.undecided() : 0);
    if (!tracesOrigins && isWorthTracing(look)) {
      traceOrigins();
    }
    String confirmed = report(look);
    if (confirmed != null && look.settings().breaker()) {
      ZombieBreaker.arm(look.host());
    }
    dumpOnce(look);
    lookAgain = book.isOpen() || (changed && look.atEnd());
    return confirmed;
  }

  /** Past the threshold every thread is told once: what fills an environment may be no leak. */
  private void dumpOnce(Look look) {
    int dumpAt = look.settings().dumpAt();
    if (!dumped && dumpAt > 0 && roster.live() >= dumpAt) {
      dumped = true;
      GuardLog.text(look.context(), look.host(), LeakGuard.dump());
    }
  }

  /** A leak repeats: the next thread of it will say who created it. */
  private boolean isWorthTracing(Look look) {
    return look.settings().creationSites() != CreationSites.NEVER
        && (leaked > 0 || book.undecided() > 0);
  }

  private String report(Look look) {
    Totals totals = new Totals(roster.live(), roster.surplus(), leaked, book.undecided());
    List<Group> news = book.hasNews() ? book.news() : List.of();
    String confirmed = null;
    for (Group group : news) {
      if (!reporter.hasTime(look) && group.isToldInShort()) {
        continue;
      }
      Finding finding = Findings.of(group, look);
      boolean isConfirmed =
          group.verdict() == Verdict.GROWING && group.reported() != Verdict.GROWING;
      if (reporter.hasTime(look)) {
        // First: a finding whose report fails is not tried again and again.
        group.reported(finding.inFull());
        reporter.write(finding, totals, look);
      } else {
        group.toldInShort();
        reporter.writeInShort(finding, totals, look);
      }
      if (isConfirmed && confirmed == null) {
        confirmed = LogBlock.headOf(finding);
      }
      sent(look.host());
    }
    boolean zeroUnsent = leaked == 0 && sentLeaked > 0;
    if (news.isEmpty()
        && reporter.hasTime(look)
        && (zeroUnsent || (leaked > 0 && isDue(look.host())))) {
      reporter.write(totals, look);
      sent(look.host());
    }
    return confirmed;
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
