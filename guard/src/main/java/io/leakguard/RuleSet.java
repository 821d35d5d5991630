package io.leakguard;

import io.leakguard.diagnosis.ThreadFacts;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The built-in rows and many ignore rules, sorted by what they look at, so that asking is cheap.
 *
 * <p>Not thread-safe.
 */
final class RuleSet {
  private final List<PlatformThread> byName = new ArrayList<>();
  private final List<PlatformThread> byStack = new ArrayList<>();
  private final Set<String> exactNames = new HashSet<>();
  private final List<Glob> names = new ArrayList<>();
  private final List<Glob> groups = new ArrayList<>();
  private final Set<Glob> topFrames = new HashSet<>();
  private final Set<Glob> anyFrames = new HashSet<>();
  private final Set<Glob> starters = new HashSet<>();
  private final FramePatterns patterns;

  RuleSet(Collection<IgnoreRule> rules) {
    for (PlatformThread row : BuiltInRules.all()) {
      (row.needsStack() ? byStack : byName).add(row);
    }
    for (IgnoreRule rule : rules) {
      Glob pattern = rule.pattern();
      switch (rule.part()) {
        case NAME -> addName(pattern);
        case GROUP -> groups.add(pattern);
        case TOP -> topFrames.add(pattern);
        case ANY -> anyFrames.add(pattern);
        case STARTER -> starters.add(pattern);
      }
    }
    this.patterns = new FramePatterns(framePatterns());
  }

  private void addName(Glob pattern) {
    if (pattern.isExact()) {
      exactNames.add(pattern.text());
    } else {
      names.add(pattern);
    }
  }

  private List<Glob> framePatterns() {
    List<Glob> all = new ArrayList<>();
    all.addAll(topFrames);
    all.addAll(anyFrames);
    all.addAll(starters);
    for (PlatformThread row : byStack) {
      row.addPatternsTo(all);
    }
    return all;
  }

  /** Decides from name and group alone, without a stack trace. */
  boolean accepts(String name, String group) {
    for (PlatformThread row : byName) {
      if (row.accepts(name, group)) {
        return true;
      }
    }
    return exactNames.contains(name) || matches(names, name) || matches(groups, group);
  }

  private static boolean matches(List<Glob> patterns, String text) {
    for (Glob pattern : patterns) {
      if (pattern.matches(text)) {
        return true;
      }
    }
    return false;
  }

  boolean accepts(ThreadFacts facts, List<StackTraceElement> starter) {
    Set<Glob> inFrames = patterns.matching(facts.frames());
    Set<Glob> inStarter = patterns.matching(starter);
    return accepts(facts.name(), facts.group())
        || (!inFrames.isEmpty() && acceptsFrames(facts, inFrames, inStarter))
        || !Collections.disjoint(inStarter, starters);
  }

  private boolean acceptsFrames(ThreadFacts facts, Set<Glob> inFrames, Set<Glob> inStarter) {
    for (PlatformThread row : byStack) {
      if (row.accepts(facts, inFrames, inStarter)) {
        return true;
      }
    }
    return !Collections.disjoint(inFrames, anyFrames)
        || (!Collections.disjoint(inFrames, topFrames) && acceptsTop(facts));
  }

  private boolean acceptsTop(ThreadFacts facts) {
    return !Collections.disjoint(patterns.matching(facts.frames().subList(0, 1)), topFrames);
  }
}
