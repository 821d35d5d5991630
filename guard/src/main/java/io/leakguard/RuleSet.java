package io.leakguard;

import io.leakguard.diagnosis.ThreadFacts;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Many ignore rules, sorted by what they look at, so that asking is cheap. Immutable. */
final class RuleSet {
  private final Set<String> exactNames = new HashSet<>();
  private final List<Glob> names = new ArrayList<>();
  private final List<Glob> groups = new ArrayList<>();
  private final List<Glob> topFrames = new ArrayList<>();
  private final List<Glob> anyFrames = new ArrayList<>();
  private final List<Glob> starters = new ArrayList<>();

  RuleSet(Iterable<IgnoreRule> rules) {
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
  }

  private void addName(Glob pattern) {
    if (pattern.isExact()) {
      exactNames.add(pattern.text());
    } else {
      names.add(pattern);
    }
  }

  /** Decides from name and group alone, without a stack trace. */
  boolean accepts(String name, String group) {
    return exactNames.contains(name) || matches(names, name) || matches(groups, group);
  }

  boolean accepts(ThreadFacts facts, List<StackTraceElement> starter) {
    List<StackTraceElement> frames = facts.frames();
    List<StackTraceElement> top = frames.subList(0, Math.min(1, frames.size()));
    return accepts(facts.name(), facts.group())
        || matchesAny(topFrames, top)
        || matchesAny(anyFrames, frames)
        || matchesAny(starters, starter);
  }

  private static boolean matches(List<Glob> patterns, String text) {
    for (Glob pattern : patterns) {
      if (pattern.matches(text)) {
        return true;
      }
    }
    return false;
  }

  private static boolean matchesAny(List<Glob> patterns, List<StackTraceElement> frames) {
    for (Glob pattern : patterns) {
      if (pattern.matchesAny(frames)) {
        return true;
      }
    }
    return false;
  }
}
