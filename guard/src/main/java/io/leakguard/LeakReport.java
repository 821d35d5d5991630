package io.leakguard;

import java.util.ArrayList;
import java.util.List;

/**
 * What a check found, the largest group first.
 *
 * <p>Detached from all threads; immutable.
 *
 * @param scope the name of what was checked
 * @param groups what it left behind
 * @param unattributed what it or another check that ran at the same time left behind: it is not
 *     known which, and all of them have ended
 * @param notes what else a reader should know, one line each
 */
public record LeakReport(
    String scope, List<LeakedGroup> groups, List<LeakedGroup> unattributed, List<String> notes) {
  private static final int MOST_GROUPS = 20;
  private static final int MOST_NAMES = 3;
  private static final int MOST_CREATORS = 4;

  /**
   * Copies the lists, so that a report never changes.
   *
   * @param scope what was checked
   * @param groups what it left behind
   * @param unattributed what it may have left behind
   * @param notes one line each
   */
  public LeakReport {
    groups = List.copyOf(groups);
    unattributed = List.copyOf(unattributed);
    notes = List.copyOf(notes);
  }

  /** {@return how many threads were left behind, without those that are not attributed} */
  public int threads() {
    return groups.stream().mapToInt(LeakedGroup::threads).sum();
  }

  /** {@return whether there is nothing to report at all} */
  public boolean isEmpty() {
    return groups.isEmpty() && unattributed.isEmpty();
  }

  /** Throws what was left behind; does nothing where {@link #groups} is empty. */
  public void throwIfLeaked() throws LeakedThreadsError {
    if (!groups.isEmpty()) {
      throw new LeakedThreadsError(this);
    }
  }

  /** Returns the report for people: several lines, at most twenty groups of each kind. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(512);
    if (!groups.isEmpty()) {
      text.append(count(groups)).append(" outlived ").append(scope);
      append(text, groups);
    }
    if (!unattributed.isEmpty()) {
      text.append(text.isEmpty() ? "" : "\n").append(count(unattributed));
      text.append(" outlived ").append(scope).append(" or what ran at the same time");
      append(text, unattributed);
    }
    notes.forEach(note -> text.append("\n  ").append(note));
    return text.isEmpty() ? "no thread outlived " + scope : text.toString();
  }

  private static String count(List<LeakedGroup> groups) {
    int threads = groups.stream().mapToInt(LeakedGroup::threads).sum();
    return threads + (threads == 1 ? " thread" : " threads");
  }

  private void append(StringBuilder text, List<LeakedGroup> groups) {
    groups.stream().limit(MOST_GROUPS).forEach(group -> append(text, group));
    if (groups.size() > MOST_GROUPS) {
      List<LeakedGroup> rest = groups.subList(MOST_GROUPS, groups.size());
      text.append("\n  and " + count(rest) + " in " + rest.size() + " more groups");
    }
  }

  private void append(StringBuilder text, LeakedGroup group) {
    text.append("\n  " + group.family() + " x" + group.threads() + ", " + group.state());
    text.append(", " + group.diagnosis().waitsFor());
    text.append(", fingerprint " + group.fingerprint());
    group.stack().forEach(frame -> text.append("\n    at ").append(frame));
    appendOrigin(text, group);
    text.append("\n    " + group.diagnosis().cause() + ": " + group.diagnosis().fix());
    if (!group.names().get(0).equals(group.family())) {
      List<String> shown = group.names().subList(0, Math.min(MOST_NAMES, group.threads()));
      text.append("\n    named ").append(String.join(", ", shown));
      text.append(group.threads() > MOST_NAMES ? ", …" : "");
    }
  }

  private void appendOrigin(StringBuilder text, LeakedGroup group) {
    String indent = "\n    created by ";
    for (String frame : creators(group)) {
      text.append(indent).append(frame);
      indent = "\n            in ";
    }
    if (!group.parent().isEmpty()) {
      text.append("\n    created on thread ").append(group.parent());
      text.append(group.scope().equals(scope) ? "" : " in " + group.scope());
    }
  }

  /** Returns the first frame and those outside the JDK that called it. */
  private static List<String> creators(LeakedGroup group) {
    List<String> creators = new ArrayList<>();
    for (String frame : group.createdBy()) {
      if (isReflection(frame)) {
        break;
      }
      if (creators.isEmpty() || !isJdk(frame)) {
        creators.add(frame);
      }
    }
    return creators.subList(0, Math.min(MOST_CREATORS, creators.size()));
  }

  private static boolean isJdk(String frame) {
    return frame.startsWith("java.") || frame.startsWith("jdk.") || frame.startsWith("sun.");
  }

  /** What is behind it runs tests and handlers, whichever they are. */
  private static boolean isReflection(String frame) {
    return frame.startsWith("jdk.internal.reflect.") || frame.startsWith("java.lang.reflect.");
  }
}
