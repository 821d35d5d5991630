package io.leakguard;

import io.leakguard.diagnosis.Owner;
import io.leakguard.diagnosis.ThreadFacts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;

/**
 * Decides which threads are nobody's leak: the built-in rules and those of every guard.
 *
 * <p>Rules are collected by their text, so guards that are built again and again add nothing.
 */
final class Filters {
  private final Map<String, IgnoreRule> ofGuards = new LinkedHashMap<>();
  private List<IgnoreRule> rules;

  synchronized void add(List<IgnoreRule> more) {
    for (IgnoreRule rule : more) {
      ofGuards.putIfAbsent(rule.toString(), rule);
      rules = null;
    }
  }

  private synchronized List<IgnoreRule> rules() {
    if (rules == null) {
      List<IgnoreRule> all = new ArrayList<>(BuiltInRules.all());
      all.addAll(ofGuards.values());
      rules = List.copyOf(all);
    }
    return rules;
  }

  /** Decides from name and group alone, without a stack trace. */
  boolean acceptsByName(Thread thread) {
    ThreadGroup group = thread.getThreadGroup();
    String groupName = group == null ? "" : group.getName();
    for (IgnoreRule rule : rules()) {
      if (rule.ignores(thread.getName(), groupName)) {
        return true;
      }
    }
    return false;
  }

  boolean accepts(Thread thread, ThreadFacts facts) {
    return accepts(thread, facts, List.of());
  }

  /**
   * Decides from all that is known.
   *
   * @param starter the stack that created the thread; empty where it is not known
   */
  boolean accepts(Thread thread, ThreadFacts facts, List<StackTraceElement> starter) {
    if (isIdleInCommonPool(thread, facts)) {
      return true;
    }
    for (IgnoreRule rule : rules()) {
      if (rule.ignores(facts, starter)) {
        return true;
      }
    }
    return false;
  }

  /**
   * The common pool is one per JVM and bounded by the processors; its threads are in group main on
   * 17 and in a group of their own on 25, so only the pool itself tells. At work they are looked
   * at.
   */
  private static boolean isIdleInCommonPool(Thread thread, ThreadFacts facts) {
    return thread instanceof ForkJoinWorkerThread worker
        && worker.getPool() == ForkJoinPool.commonPool()
        && Owner.isIdleConsumer(facts);
  }
}
