package io.leakguard;

import io.leakguard.diagnosis.ThreadFacts;
import java.util.Collection;
import java.util.Objects;
import java.util.Set;

/**
 * A built-in row: a thread that the platform itself starts. Everything that a row names must hold,
 * so that no name alone hides a thread that somebody called the same.
 */
final class PlatformThread {
  private final String reason;
  private Glob name;
  private Glob group;
  private Glob frame;
  private Glob idleWithout;
  private Glob starter;

  /**
   * Makes a row that names nothing yet.
   *
   * @param reason what the thread is, why it is nobody's leak, and where it was seen
   */
  PlatformThread(String reason) {
    this.reason = Objects.requireNonNull(reason, "reason");
  }

  PlatformThread named(String pattern) {
    name = new Glob(pattern);
    return this;
  }

  PlatformThread ofGroup(String pattern) {
    group = new Glob(pattern);
    return this;
  }

  /** The thread has such a frame, at any place. */
  PlatformThread inFrame(String pattern) {
    frame = new Glob(pattern);
    return this;
  }

  /** The thread has no such frame: with it, it runs what somebody gave it. */
  PlatformThread without(String pattern) {
    idleWithout = new Glob(pattern);
    return this;
  }

  /** The thread was started in such a frame; only together with a frame of its own. */
  PlatformThread startedIn(String pattern) {
    starter = new Glob(pattern);
    return this;
  }

  String reason() {
    return reason;
  }

  /** Says whether the row looks at the stack, or at name and group alone. */
  boolean needsStack() {
    return frame != null;
  }

  /** Decides from name and group alone, for a row that looks at nothing else. */
  boolean accepts(String threadName, String groupName) {
    return (name == null || name.matches(threadName))
        && (group == null || group.matches(groupName));
  }

  /**
   * Decides with all that is known.
   *
   * @param frames the patterns that match frames of the thread
   * @param starters the patterns that match frames of the code that started it
   */
  boolean accepts(ThreadFacts facts, Set<Glob> frames, Set<Glob> starters) {
    return frames.contains(frame)
        && (idleWithout == null || !frames.contains(idleWithout))
        && (starter == null || starters.contains(starter))
        && accepts(facts.name(), facts.group());
  }

  /** Adds the patterns that this row looks for in stacks. */
  void addPatternsTo(Collection<Glob> patterns) {
    for (Glob pattern : new Glob[] {frame, idleWithout, starter}) {
      if (pattern != null) {
        patterns.add(pattern);
      }
    }
  }

  @Override
  public String toString() {
    return reason;
  }
}
