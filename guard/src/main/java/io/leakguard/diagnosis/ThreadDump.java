package io.leakguard.diagnosis;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Renders threads as text: identical ones grouped with a count, the largest group first.
 *
 * <p>Bounded however many threads there are and whatever they are called; no name breaks a line.
 */
public final class ThreadDump {
  /** The most bytes of UTF-8 that a dump has: what one log event may hold, a quarter of it. */
  public static final int MOST_BYTES = 64 * 1024;

  private static final int NAMES = 5;
  private static final int LONGEST_NAME = 120;

  /** Deeper frames do not tell groups apart: recursion would make each thread its own. */
  private static final int COMPARED_FRAMES = 64;

  /** Room for the line that says what was left out. */
  private static final int LAST_LINE = 100;

  private record Key(String family, Thread.State state, List<String> frames) {}

  private ThreadDump() {}

  /**
   * Renders threads with the stacks that were taken of them.
   *
   * @param traces as of {@link Thread#getAllStackTraces()}
   * @param maxGroups the most groups to show, at least 1
   * @param maxFrames the most frames of a group to show, at least 1
   * @return lines, each ended by a line feed
   */
  public static String of(Map<Thread, StackTraceElement[]> traces, int maxGroups, int maxFrames) {
    List<ThreadFacts> facts = new ArrayList<>();
    traces.forEach((thread, trace) -> facts.add(ThreadFacts.of(thread, trace)));
    return of(facts, maxGroups, maxFrames);
  }

  /**
   * Renders threads of which the facts are known.
   *
   * @param facts the threads, in any order
   * @param maxGroups the most groups to show, at least 1
   * @param maxFrames the most frames of a group to show, at least 1
   * @return lines, each ended by a line feed
   */
  public static String of(Collection<ThreadFacts> facts, int maxGroups, int maxFrames) {
    List<List<ThreadFacts>> groups = groups(facts);
    StringBuilder dump = new StringBuilder();
    dump.append(facts.size()).append(" threads in ").append(groups.size()).append(" groups\n");
    int bytes = dump.length();
    int shown = 0;
    int threads = 0;
    while (shown < Math.min(groups.size(), maxGroups)) {
      String text = group(groups.get(shown), maxFrames);
      bytes += text.getBytes(StandardCharsets.UTF_8).length;
      if (bytes > MOST_BYTES - LAST_LINE) {
        break;
      }
      dump.append(text);
      threads += groups.get(shown).size();
      shown++;
    }
    if (shown < groups.size()) {
      dump.append(facts.size() - threads).append(" more threads in ");
      dump.append(groups.size() - shown).append(" more groups\n");
    }
    return dump.toString();
  }

  /** Groups by family, state and stack without lines; ties keep a stable order by family. */
  private static List<List<ThreadFacts>> groups(Collection<ThreadFacts> facts) {
    Map<Key, List<ThreadFacts>> byKey = new LinkedHashMap<>();
    for (ThreadFacts fact : facts) {
      byKey.computeIfAbsent(key(fact), unused -> new ArrayList<>()).add(fact);
    }
    List<Map.Entry<Key, List<ThreadFacts>>> entries = new ArrayList<>(byKey.entrySet());
    entries.sort(
        (a, b) -> {
          int larger = Integer.compare(b.getValue().size(), a.getValue().size());
          return larger != 0 ? larger : a.getKey().family().compareTo(b.getKey().family());
        });
    List<List<ThreadFacts>> groups = new ArrayList<>();
    entries.forEach(entry -> groups.add(entry.getValue()));
    return groups;
  }

  private static Key key(ThreadFacts facts) {
    List<String> frames = new ArrayList<>();
    for (int i = 0; i < Math.min(facts.frames().size(), COMPARED_FRAMES); i++) {
      frames.add(Frames.stableName(facts.frames().get(i)));
    }
    return new Key(ThreadNames.withoutNumbers(facts.name()), facts.state(), frames);
  }

  private static String group(List<ThreadFacts> members, int maxFrames) {
    ThreadFacts first = members.get(0);
    StringBuilder text = new StringBuilder();
    text.append(members.size()).append(" x ").append(Family.of(first).name());
    text.append(", ").append(first.state()).append(", ");
    text.append(Diagnosis.of(first).waitsFor()).append("\n  ").append(names(members)).append('\n');
    for (String line : StackSnippet.of(first.frames(), maxFrames)) {
      text.append("    at ").append(line).append('\n');
    }
    return text.toString();
  }

  private static String names(List<ThreadFacts> members) {
    List<String> names = new ArrayList<>();
    for (ThreadFacts member : members.subList(0, Math.min(members.size(), NAMES))) {
      names.add(SafeText.of(member.name(), LONGEST_NAME));
    }
    String shown = String.join(", ", names);
    int more = members.size() - names.size();
    return more == 0 ? shown : shown + " and " + more + " more";
  }
}
