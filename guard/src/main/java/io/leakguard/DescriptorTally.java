package io.leakguard;

import io.leakguard.diagnosis.SafeText;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Open descriptors by kind: all sockets together, pipes, each sort of event descriptor, and files
 * by family of path, or by directory where a family has one only.
 *
 * <p>Left out is what the JVM and the guard open for themselves: {@code /proc}, {@code /sys} and
 * the sources of random numbers.
 */
final class DescriptorTally {
  static final String SOCKETS = "socket";
  static final String FILE = "file ";
  static final String FILES_IN = "files in ";
  private static final String SOCKET = "socket:[";
  private static final String ANONYMOUS = "anon_inode:";
  private static final String DELETED = " (deleted)";
  private static final int LONGEST = 200;

  /**
   * How many there are of one kind.
   *
   * @param level all
   * @param fresh of these, those that were not there at the count before; told once only
   * @param example one of them, safe for one line
   */
  record Kind(int level, int fresh, String example) {}

  private final Map<String, Kind> kinds = new HashMap<>();
  private final Set<Long> inodes = new HashSet<>();
  private final Set<Long> oldInodes = new HashSet<>();

  void add(String target, boolean fresh) {
    if (isOfTheJvm(target)) {
      return;
    }
    if (target.startsWith(SOCKET)) {
      addInode(target, fresh);
    }
    Kind one = new Kind(1, fresh ? 1 : 0, SafeText.of(target, LONGEST));
    add(kinds, key(target), one);
  }

  /** Without a lambda: a tally may come before there is a suspect. */
  private static void add(Map<String, Kind> kinds, String key, Kind more) {
    Kind sum = kinds.get(key);
    kinds.put(
        key,
        sum == null
            ? more
            : new Kind(sum.level + more.level, sum.fresh + more.fresh, more.example));
  }

  private static boolean isOfTheJvm(String target) {
    return target.startsWith("/proc/")
        || target.startsWith("/sys/")
        || target.equals("/dev/random")
        || target.equals("/dev/urandom");
  }

  static String key(String target) {
    if (target.startsWith(SOCKET)) {
      return SOCKETS;
    }
    if (target.startsWith(ANONYMOUS)) {
      String sort = target.substring(ANONYMOUS.length());
      return "anon_inode ".concat(SafeText.of(sort.replace("[", "").replace("]", ""), LONGEST));
    }
    if (!target.startsWith("/")) {
      int colon = target.indexOf(':');
      return SafeText.of(colon < 0 ? target : target.substring(0, colon), LONGEST);
    }
    String path =
        target.endsWith(DELETED) ? target.substring(0, target.length() - DELETED.length()) : target;
    return FILE.concat(isArchive(path) ? SafeText.of(path, LONGEST) : PathFamily.of(path));
  }

  /** Class loading opens each archive once, one after the other: no family of theirs may grow. */
  private static boolean isArchive(String path) {
    return path.endsWith(".jar") || path.endsWith(".zip") || path.endsWith(".jmod");
  }

  /**
   * Files that have no family of their own, {@code /tmp/anna} and {@code /tmp/bert}, by directory.
   */
  void addDirectories() {
    Map<String, Kind> directories = new HashMap<>();
    for (Map.Entry<String, Kind> kind : kinds.entrySet()) {
      String key = kind.getKey();
      if (key.startsWith(FILE) && kind.getValue().level() == 1 && !isArchive(key)) {
        String directory =
            key.substring(FILE.length(), Math.max(key.lastIndexOf('/'), FILE.length()));
        add(directories, FILES_IN.concat(directory).concat("/"), kind.getValue());
      }
    }
    kinds.putAll(directories);
  }

  private void addInode(String target, boolean fresh) {
    int end = target.indexOf(']');
    if (end > 0) {
      Long inode = Long.parseUnsignedLong(target, SOCKET.length(), end, 10);
      inodes.add(inode);
      if (!fresh) {
        oldInodes.add(inode);
      }
    }
  }

  Map<String, Kind> kinds() {
    return kinds;
  }

  /** Returns the inodes of all sockets: each one's identity as long as it is open. */
  Set<Long> inodes() {
    return inodes;
  }

  /** Returns the inodes of those that are not fresh. */
  Set<Long> oldInodes() {
    return oldInodes;
  }
}
