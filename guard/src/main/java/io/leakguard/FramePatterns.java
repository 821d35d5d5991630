package io.leakguard;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds which of many patterns match some frame of a stack.
 *
 * <p>Leaked threads share a few classes, and hardly any of those is in a pattern: which patterns a
 * class could match is remembered. Not thread-safe.
 */
final class FramePatterns {
  private static final int REMEMBERED = 512;
  private static final Glob[] NONE = {};

  private final List<Glob> patterns;
  private final Map<String, Glob[]> byClass = new HashMap<>();

  FramePatterns(Collection<Glob> patterns) {
    this.patterns = List.copyOf(patterns);
  }

  /** Returns the patterns that match some frame, written {@code com.acme.Orders.price}. */
  Set<Glob> matching(List<StackTraceElement> frames) {
    Set<Glob> matching = Set.of();
    for (StackTraceElement frame : frames) {
      for (Glob pattern : candidates(frame.getClassName())) {
        if (pattern.matches(frame.getClassName() + "." + frame.getMethodName())) {
          matching = matching.isEmpty() ? new HashSet<>() : matching;
          matching.add(pattern);
        }
      }
    }
    return matching;
  }

  private Glob[] candidates(String className) {
    Glob[] known = byClass.get(className);
    if (known != null) {
      return known;
    }
    List<Glob> candidates = new ArrayList<>();
    for (Glob pattern : patterns) {
      if (pattern.beginsLike(className)) {
        candidates.add(pattern);
      }
    }
    // The JVM numbers the classes it spins, so there is no end of names.
    if (byClass.size() == REMEMBERED) {
      byClass.clear();
    }
    Glob[] found = candidates.toArray(NONE);
    byClass.put(className, found);
    return found;
  }
}
