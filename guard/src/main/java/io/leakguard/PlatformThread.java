package io.leakguard;

import io.leakguard.diagnosis.ThreadFacts;
import java.util.List;
import java.util.Objects;

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

  PlatformThread startedIn(String pattern) {
    starter = new Glob(pattern);
    return this;
  }

  String reason() {
    return reason;
  }

  /** Decides from name and group alone; false where the row needs a stack trace too. */
  boolean accepts(String threadName, String groupName) {
    return frame == null && starter == null && matches(threadName, groupName);
  }

  boolean accepts(ThreadFacts facts, List<StackTraceElement> starterFrames) {
    return matches(facts.name(), facts.group())
        && (frame == null || frame.matchesAny(facts.frames()))
        && (idleWithout == null || !idleWithout.matchesAny(facts.frames()))
        && (starter == null || starter.matchesAny(starterFrames));
  }

  private boolean matches(String threadName, String groupName) {
    return (name == null || name.matches(threadName))
        && (group == null || group.matches(groupName));
  }

  @Override
  public String toString() {
    return reason;
  }
}
