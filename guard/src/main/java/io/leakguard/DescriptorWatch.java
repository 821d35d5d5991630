package io.leakguard;

import io.leakguard.diagnosis.Fingerprint;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Watches open descriptors, each kind by itself.
 *
 * <p>Only their number is looked at as long as it does not rise above what it was; then, and each
 * sixteenth time, what they are. Sockets are one kind until their rises are those of a leak: only
 * then the kernel's tables are read, and the sockets opened by the last rises are told apart. Not
 * thread-safe.
 */
final class DescriptorWatch {
  private static final int TALLY_AT_LEAST = 16;
  private static final int MOST_KINDS = 256;

  private final Descriptors descriptors;
  private final Map<String, Growth> kinds = new HashMap<>();
  private boolean tallied;
  private int count;
  private int highest;
  private int countAtTally;
  private int sinceTally;
  private long lastLook;

  /**
   * Goes on from what was open after an earlier invocation.
   *
   * @param count how many were open then; -1 where unknown
   */
  DescriptorWatch(Descriptors descriptors, int count, long invocation) {
    this.descriptors = descriptors;
    this.count = count;
    this.highest = count;
    this.lastLook = invocation;
  }

  /**
   * Looks at the end of an invocation and adds what is new.
   *
   * @param excused true where a pool of threads that grows explains more descriptors
   */
  void look(long invocation, boolean excused, List<ResourceNews> news) {
    count = descriptors.count();
    if (count < 0) {
      return;
    }
    sinceTally++;
    if (isWorthATally()) {
      tally(invocation, excused, news);
    } else {
      rest(invocation, news);
    }
    lastLook = invocation;
  }

  /** Returns how many were open at the last look; -1 where unknown. */
  int count() {
    return count;
  }

  boolean isSuspicious() {
    for (Growth kind : kinds.values()) {
      if (kind.isSuspicious()) {
        return true;
      }
    }
    return false;
  }

  private boolean isWorthATally() {
    boolean leaks = false;
    boolean reported = false;
    for (Growth kind : kinds.values()) {
      leaks |= kind.isLeak();
      reported |= kind.isReported();
    }
    // A known leak grows at each look; what is new shows in larger steps too.
    int known = leaks ? highest + highest / 8 : highest;
    return count > known
        || (reported && count < countAtTally)
        || sinceTally >= TALLY_AT_LEAST
        || isSuspicious();
  }

  private void tally(long invocation, boolean excused, List<ResourceNews> news) {
    DescriptorTally tally = descriptors.tally();
    highest = sinceTally >= TALLY_AT_LEAST ? count : Math.max(highest, count);
    countAtTally = count;
    sinceTally = 0;
    for (Map.Entry<String, DescriptorTally.Kind> kind : tally.kinds().entrySet()) {
      DescriptorTally.Kind seen = kind.getValue();
      if (!kinds.containsKey(kind.getKey()) && kinds.size() < MOST_KINDS) {
        Growth growth =
            kind.getKey().equals(DescriptorTally.SOCKETS)
                ? new SocketGrowth(tallied ? Set.of() : tally.oldInodes())
                : new Growth(new Slope());
        growth.judge(tallied ? 0 : seen.level() - seen.fresh(), lastLook, false);
        kinds.put(kind.getKey(), growth);
      }
    }
    judge(tally, invocation, excused, news);
    tallied = true;
  }

  private void judge(
      DescriptorTally tally, long invocation, boolean excused, List<ResourceNews> news) {
    Iterator<Map.Entry<String, Growth>> each = kinds.entrySet().iterator();
    while (each.hasNext()) {
      Map.Entry<String, Growth> kind = each.next();
      DescriptorTally.Kind seen = tally.kinds().get(kind.getKey());
      Growth growth = kind.getValue();
      if (growth instanceof SocketGrowth sockets) {
        sockets.look(tally.inodes());
      }
      Verdict verdict = growth.judge(seen == null ? 0 : seen.level(), invocation, excused);
      if (verdict != null) {
        growth.lastNews = news(kind.getKey(), growth, verdict, seen);
        news.add(growth.lastNews);
      }
      if (growth.isGone()) {
        each.remove();
      }
    }
  }

  /** Where the number is what it was, so is each kind. */
  private void rest(long invocation, List<ResourceNews> news) {
    for (Growth growth : kinds.values()) {
      if (growth.isReported() || growth.slope().rises() > 0) {
        int level = growth.slope().level();
        Verdict verdict = growth.judge(level, invocation, false);
        if (verdict != null) {
          news.add(growth.lastNews.now(level, verdict));
        }
      }
    }
  }

  private ResourceNews news(String key, Growth growth, Verdict verdict, DescriptorTally.Kind seen) {
    int level = growth.slope().level();
    if (verdict == Verdict.BOUNDED || verdict == Verdict.RECOVERED) {
      return growth.lastNews.now(level, verdict);
    }
    boolean sockets = growth instanceof SocketGrowth;
    if (growth instanceof SocketGrowth late && verdict == Verdict.GROWING) {
      SocketPeers peers = late.newcomers();
      if (peers != null) {
        return socketNews(peers, growth, level);
      }
    }
    return new ResourceNews(
        sockets ? "socket" : "descriptor",
        key,
        sockets ? "" : seen.example(),
        level,
        growth.slope().perInvocation(),
        verdict,
        Fingerprint.ofText(key).value(),
        sockets ? ResourceDiagnosis.ofSockets("") : ResourceDiagnosis.ofDescriptors(key));
  }

  private static ResourceNews socketNews(SocketPeers peers, Growth growth, int level) {
    return new ResourceNews(
        "socket",
        peers.key(),
        peers.detail(),
        level,
        growth.slope().perInvocation(),
        Verdict.GROWING,
        Fingerprint.ofText(peers.identity()).value(),
        ResourceDiagnosis.ofSockets(peers.state()));
  }
}
