package io.leakguard;

import io.leakguard.diagnosis.Fingerprint;
import java.util.ArrayList;
import java.util.List;

/**
 * Watches what an invocation can leave behind besides threads: descriptors, tasks of the common
 * pool, direct memory.
 *
 * <p>Guarded by the monitor's check lock.
 */
final class ResourceWatch {
  /** Where other invocations are always at work, so many looks are put off at most. */
  private static final int MOST_PUT_OFF = 8;

  /** By then most classes are loaded, and the memory in use is what is normal. */
  private static final int SETTLED_AFTER = 8;

  private static final String BACKLOG = "common-pool backlog";

  private final Descriptors descriptors;
  private final String statm;

  /** Made with the second look: the first one belongs to the cold start and only counts. */
  private Sampling sampling;

  private DescriptorWatch watch;

  /** Made after some looks: a cold start has no need of its classes. */
  private MemoryWatch memory;

  private boolean managementLoaded;
  private int looks;
  private long first;
  private int countAfterFirst = -1;
  private Growth backlog;
  private int putOff;

  ResourceWatch() {
    this(new Descriptors(), "/proc/self/statm");
  }

  ResourceWatch(Descriptors descriptors, String statm) {
    this.descriptors = descriptors;
    this.statm = statm;
  }

  /** Tells that a worker of the common pool was seen: only then may the pool be asked. */
  void commonPoolSeen() {
    if (backlog == null) {
      backlog = new Growth(new Slope());
      // A pool without a worker has no backlog: its first one is a rise already.
      backlog.judge(0, 0, false);
    }
  }

  /** Tells that {@code java.lang.management} is loaded anyway. */
  void managementLoaded() {
    managementLoaded = true;
  }

  /**
   * Called when an invocation has ended; looks only after some of them.
   *
   * @param invocation its number in this environment, from 1
   * @param alone false while other invocations run: what they have open now is not left behind
   * @param excused true where threads explain what was opened: one joined a pool that was there
   *     before, or is about to close
   * @return what is new, often nothing; a suspicion ({@code ESCAPED}) is worth no line by itself
   */
  List<ResourceNews> end(long invocation, boolean alone, boolean excused, Host host) {
    if (sampling != null && !sampling.isDue(invocation)) {
      return List.of();
    }
    if (!alone && ++putOff < MOST_PUT_OFF) {
      return List.of();
    }
    putOff = 0;
    if (first == 0) {
      first = invocation;
      countAfterFirst = descriptors.count();
      return List.of();
    }
    if (watch == null) {
      sampling = new Sampling();
      watch = new DescriptorWatch(descriptors, countAfterFirst, first);
    }
    long before = host.nanoTime();
    List<ResourceNews> news = new ArrayList<>(0);
    watch.look(invocation, excused, news);
    lookAtMemory(invocation, news);
    lookAtBacklog(invocation, news);
    sampling.looked(invocation, host.nanoTime() - before, isSuspicious());
    return news;
  }

  private void lookAtMemory(long invocation, List<ResourceNews> news) {
    looks++;
    if (memory == null && (managementLoaded || looks >= SETTLED_AFTER)) {
      memory = new MemoryWatch(new NativeMemory(statm));
    }
    if (memory != null) {
      memory.look(invocation, managementLoaded, news);
    }
  }

  private void lookAtBacklog(long invocation, List<ResourceNews> news) {
    if (backlog == null) {
      return;
    }
    int queued = Backlog.ofCommonPool();
    Verdict verdict = backlog.judge(queued, invocation, false);
    if (verdict != null) {
      news.add(
          new ResourceNews(
              "backlog",
              BACKLOG,
              "",
              queued,
              backlog.slope().perInvocation(),
              verdict,
              Fingerprint.ofText(BACKLOG).value(),
              ResourceDiagnosis.ofBacklog()));
    }
  }

  private boolean isSuspicious() {
    return watch.isSuspicious()
        || (memory != null && memory.isSuspicious())
        || (backlog != null && backlog.isSuspicious());
  }

  /** Returns how many descriptors were open at the last look; -1 where unknown. */
  int descriptors() {
    return watch == null ? countAfterFirst : watch.count();
  }
}
