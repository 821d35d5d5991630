package io.leakguard;

import io.leakguard.diagnosis.Owner;
import io.leakguard.diagnosis.ThreadFacts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Decides which threads are nobody's leak: the built-in rows and the rules of every guard and of
 * every jar.
 *
 * <p>Rules are collected by their text, so guards that are built again and again add nothing. The
 * jars are searched when a thread outlived its invocation and nothing else accepts it: that costs
 * milliseconds, and most functions never get there. Thread-safe.
 */
final class Filters {
  private final Host host;
  private final Map<String, IgnoreRule> collected = new LinkedHashMap<>();
  private RuleSet rules;
  private boolean searched;

  Filters() {
    this(Host.system());
  }

  /**
   * Makes filters that tell a host what is wrong with a jar's rules.
   *
   * @param host its log is used
   */
  Filters(Host host) {
    this.host = host;
  }

  synchronized void add(List<IgnoreRule> more) {
    for (IgnoreRule rule : more) {
      collected.putIfAbsent(rule.toString(), rule);
      rules = null;
    }
  }

  /**
   * Decides from name and group alone, without a stack trace; false may turn into true with one.
   */
  synchronized boolean acceptsByName(Thread thread) {
    String name = thread.getName();
    ThreadGroup group = thread.getThreadGroup();
    String groupName = group == null ? "" : group.getName();
    return thread instanceof GuardThread || rules().accepts(name, groupName);
  }

  boolean accepts(Thread thread, ThreadFacts facts) {
    return accepts(thread, facts, List.of());
  }

  /**
   * Decides with all that is known.
   *
   * @param starter the frames of the code that started the thread, empty where they are unknown
   */
  synchronized boolean accepts(Thread thread, ThreadFacts facts, List<StackTraceElement> starter) {
    if (thread instanceof GuardThread || isIdleInCommonPool(thread, facts)) {
      return true;
    }
    return rules().accepts(facts, starter) || (search() && rules().accepts(facts, starter));
  }

  private RuleSet rules() {
    if (rules == null) {
      rules = new RuleSet(collected.values());
    }
    return rules;
  }

  /** Returns whether this search, the only one, found rules. */
  private boolean search() {
    if (searched) {
      return false;
    }
    searched = true;
    List<IgnoreRule> found =
        new IgnoreResources(host)
            .read(Thread.currentThread().getContextClassLoader(), Filters.class.getClassLoader());
    add(found);
    return !found.isEmpty();
  }

  /**
   * The common pool is one per JVM and bounded by the processors; its threads are in group main on
   * 17 and in a group of their own on 25, so only the pool itself tells. At work they are looked
   * at.
   */
  private static boolean isIdleInCommonPool(Thread thread, ThreadFacts facts) {
    return Workers.isOfTheCommonPool(thread) && Owner.isIdleConsumer(facts);
  }
}
