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
  private static final LeakMonitor OF_THIS_JVM = new LeakMonitor();

  /** Whose invocations run in this JVM: outside of tests there is only the one above. */
  private static volatile LeakMonitor active = OF_THIS_JVM;

  private final ReentrantLock checking = new ReentrantLock();
  private final Lanes lanes = new Lanes();
  private final Filters filters = new Filters();
  private final UserCode code = new UserCode();
  private final Object failing = new Object();
  private Roster roster = new Roster();
  private ResourceWatch resources = new ResourceWatch();

  /** Made with the first thread that is not of the baseline: until then its class is not needed. */
  private Book book;

  /** Made with the first carrier thread; null until then. */
  private volatile VirtualThreads virtualThreads;

  private Reports reports;
  private boolean failed;
  private boolean dumped;
  private volatile boolean sealed;
  private volatile boolean lookAgain;

  /** Until then the class that knows who created a thread is not loaded. */
  private volatile boolean tracesOrigins;

  private long first = 1;
  private String lastRequestId;

  /** The head of a report that no invocation has answered for yet. */
  private volatile String confirmedAtBegin;

  private int leaked;

  /** What a look saw while another check was under way. */
  private VirtualLook unheeded;

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
      if (seal(host)) {
        giveSignOfLife(context, settings, host);
      }
    } else if (lookAgain) {
      String late = check(false, null, context, settings, host);
      confirmedAtBegin = late == null ? confirmedAtBegin : late;
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

  /** The baseline: what is alive when the first invocation begins; says whether it was taken. */
  private boolean seal(Host host) {
    checking.lock();
    try {
      boolean due = !sealed;
      if (due) {
        roster.look();
        roster.acceptAll();
        meetNewcomers(host);
        Postures.look(roster, 0);
        active = this;
        sealed = true;
      }
      return due;
    } finally {
      checking.unlock();
    }
  }

  /** A line that cannot be written is no reason to leave the invocation unguarded. */
  private void giveSignOfLife(Context context, Settings settings, Host host) {
    try {
      SignOfLife.give(settings, host);
    } catch (RuntimeException failure) {
      failed(failure, context, host);
    }
  }

  /** Carriers show in the enumeration, what they carry does not; the common pool has a backlog. */
  private void meetNewcomers(Host host) {
    for (Sighting sighting : roster.born()) {
      Thread thread = sighting.get();
      ThreadGroup group = thread == null ? null : thread.getThreadGroup();
      if (virtualThreads == null && group != null && group.getName().equals("CarrierThreads")) {
        virtualThreads = VirtualThreads.carrierSeen(lanes.last(), host);
      }
      if (Workers.isOfTheCommonPool(thread)) {
        resources.commonPoolSeen();
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
      resources = new ResourceWatch();
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
      reports = reports == null ? new Reports(new Artifact(code.handler())) : reports;
      Rehearsal.of(reports.reporter(), settings, host);
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
    VirtualLook virtual = null;
    if (watched != null) {
      virtual = watched.end(ticket, Settling.budget(settings.settle(), context));
      tellFailure(watched, context, host);
    }
    String confirmed = check(true, virtual, context, settings, host);
    if (confirmed == null) {
      confirmed = confirmedAtBegin;
    }
    confirmedAtBegin = null;
    if (watched == null && virtualThreads != null) {
      // Seen for the first time: the look begins now, and a later end picks it up.
      unheeded = virtualThreads.end(ticket, 0);
    }
    return confirmed;
  }

  private void tellFailure(VirtualThreads watched, Context context, Host host) {
    Throwable failure = watched.takeFailure();
    if (failure != null) {
      failed(failure, context, host);
    }
  }

  private String check(
      boolean atEnd, VirtualLook virtual, Context context, Settings settings, Host host) {
    if (!checking.tryLock()) {
      lookAgain = true;
      unheeded = virtual == null ? unheeded : virtual;
      return null;
    }
    try {
      boolean changed = roster.look();
      if (changed) {
        meetNewcomers(host);
      }
      long now = lanes.last();
      List<Sighting> still = atEnd && Postures.isDue(now) ? Postures.look(roster, now) : null;
      VirtualLook seen = virtual == null ? unheeded : virtual;
      unheeded = null;
      boolean judges = changed || lookAgain || still != null || seen != null;
      if (!judges && !(atEnd && isDue(now, host))) {
        List<ResourceNews> news = atEnd ? lookAtResources(now, false, host) : List.of();
        return news.isEmpty() ? null : report(look(true, now, context, settings, host), news);
      }
      return examine(look(atEnd, now, context, settings, host), changed, still, seen);
    } finally {
      checking.unlock();
    }
  }

  private boolean isDue(long now, Host host) {
    return (book != null && book.isDue(now)) || (reports != null && reports.isDue(leaked, host));
  }

  private List<ResourceNews> lookAtResources(long now, boolean excused, Host host) {
    return resources.end(now, lanes.areIdle(), excused, host);
  }

  private Look look(boolean atEnd, long now, Context context, Settings settings, Host host) {
    if (atEnd && context != null) {
      lastRequestId = context.getAwsRequestId();
    }
    long thawed = lanes.thawedNanos(host.nanoTime());
    return new Look(atEnd, now, first, thawed, lastRequestId, context, settings, host);
  }

  private String examine(Look look, boolean changed, List<Sighting> still, VirtualLook virtual) {
    // Set first: should anything below fail, the next invocation looks again.
    lookAgain = true;
    book = book == null ? new Book(filters, lanes, code) : book;
    if (changed) {
      book.update(roster, look);
    }
    if (still != null) {
      book.still(still, look, roster);
    }
    if (virtual != null) {
      book.update(virtual, look);
    }
    book.judge(look, roster);
    leaked = book.leaked() + (look.isSamLocal() ? book.undecided() : 0);
    if (!tracesOrigins && isWorthTracing(look)) {
      traceOrigins();
    }
    if (book.hasAskedManagement()) {
      resources.managementLoaded();
    }
    List<ResourceNews> news =
        look.atEnd()
            ? lookAtResources(look.now(), book.explainsResources(look.now()), look.host())
            : List.of();
    String confirmed = report(look, news);
    if (confirmed != null && look.settings().breaker()) {
      ZombieBreaker.arm(look.host());
    }
    dumpOnce(look);
    lookAgain = book.isOpen() || (changed && look.atEnd());
    return confirmed;
  }

  private String report(Look look, List<ResourceNews> news) {
    List<Group> groups = book == null || !book.hasNews() ? List.of() : book.news();
    if (groups.isEmpty() && news.isEmpty() && reports == null) {
      return null;
    }
    reports = reports == null ? new Reports(new Artifact(code.handler())) : reports;
    int suspects = book == null ? 0 : book.undecided();
    double growth = book == null ? 0 : book.perInvocation(look.now());
    int descriptors = resources.descriptors();
    Totals totals =
        new Totals(
            roster.live(),
            roster.surplus(),
            leaked,
            suspects,
            descriptors,
            reports.invocationsLeft(growth, roster.live(), news, descriptors));
    return reports.write(groups, news, totals, look);
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

  /** Returns how many fingerprints are remembered; it stays bounded. */
  int rememberedGroups() {
    return book == null ? 0 : book.size();
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
