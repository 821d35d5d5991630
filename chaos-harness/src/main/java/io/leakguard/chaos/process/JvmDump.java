package io.leakguard.chaos.process;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what a JVM answers to diagnostic commands. */
public final class JvmDump {
  /** Of each space; metaspace has no total. */
  private static final Pattern USED = Pattern.compile("total \\d+K, used (\\d+)K");

  private static final Pattern USED_Z = Pattern.compile("ZHeap\\s+used (\\d+)M");
  private static final Pattern MODULE =
      Pattern.compile("\\([\\w.]+(@[^/()]+)?/(?=[\\w$]+\\.java|N|U)");

  /** Lambdas and other hidden classes have a number that is another one in each JVM. */
  private static final Pattern HIDDEN =
      Pattern.compile("(\\$\\$Lambda)[$\\w]*/0x[0-9a-f]+|/0x[0-9a-f]+");

  private static final String FRAME = "\tat ";

  private JvmDump() {}

  /** The heap in use, in MB, from {@code GC.heap_info}; empty when it says nothing known. */
  public static OptionalDouble heapMegabytes(String heapInfo) {
    long kilobytes = 0;
    boolean found = false;
    Matcher matcher = USED.matcher(heapInfo);
    while (matcher.find()) {
      kilobytes += Long.parseLong(matcher.group(1));
      found = true;
    }
    Matcher z = USED_Z.matcher(heapInfo);
    if (z.find()) {
      kilobytes += 1024 * Long.parseLong(z.group(1));
      found = true;
    }
    return found ? OptionalDouble.of(kilobytes / 1024.0) : OptionalDouble.empty();
  }

  /**
   * The stacks of {@code Thread.print}, collapsed: frames from the outermost, joined by {@code ;},
   * with how many threads have them. Threads without Java frames are left out.
   */
  public static Map<String, Integer> stacks(String threadPrint) {
    Map<String, Integer> stacks = new TreeMap<>();
    List<String> frames = new ArrayList<>();
    for (String line : (threadPrint + "\n\"").split("\n", -1)) {
      if (line.startsWith(FRAME)) {
        frames.add(0, frame(line.substring(FRAME.length()).strip()));
      } else if (line.startsWith("\"") && !frames.isEmpty()) {
        stacks.merge(String.join(";", frames), 1, Integer::sum);
        frames.clear();
      }
    }
    return stacks;
  }

  private static String frame(String frame) {
    String named = HIDDEN.matcher(frame).replaceAll("$1");
    return MODULE.matcher(named).replaceAll("(").replace(';', ':');
  }
}
