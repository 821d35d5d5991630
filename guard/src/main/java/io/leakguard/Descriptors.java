package io.leakguard;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * The open file descriptors of this process: counted cheaply, told apart only on demand.
 *
 * <p>Where the system has no {@code /proc}, the count is unknown at no further cost. Not
 * thread-safe.
 */
final class Descriptors {
  private static final Set<String> NONE = Set.of();

  private final File directory;
  private String[] listed;
  private Set<String> before = NONE;
  private Set<String> now = NONE;
  private boolean tallied;
  private boolean unknown;

  Descriptors() {
    this(new File("/proc/self/fd"));
  }

  Descriptors(File directory) {
    this.directory = directory;
  }

  /** Counts them, without the one that counting needs; -1 where unknown. About 9 us at 10. */
  int count() {
    if (unknown) {
      return -1;
    }
    String[] names = directory.list();
    if (names == null) {
      unknown = true;
      return -1;
    }
    if (!tallied) {
      before = now;
      now = Arrays.equals(names, listed) ? now : open(names);
    }
    listed = names;
    return names.length - 1;
  }

  /**
   * Leaves out the number that the listing itself had: the next thing that is opened takes it, and
   * would pass for an old one.
   */
  private Set<String> open(String[] names) {
    Set<String> open = new HashSet<>();
    for (String name : names) {
      if (new File(directory, name).exists()) {
        open.add(name);
      }
    }
    return open;
  }

  /**
   * Says what the last count counted; about 5 us for each. The first time it tells those that were
   * not there at the count before.
   */
  DescriptorTally tally() {
    DescriptorTally tally = new DescriptorTally();
    for (String name : listed) {
      String target = target(name);
      if (target != null) {
        tally.add(target, !tallied && !before.contains(name));
      }
    }
    tallied = true;
    before = NONE;
    now = NONE;
    tally.addDirectories();
    return tally;
  }

  /** Null for one that was closed meanwhile, such as that of the count itself. */
  private String target(String name) {
    try {
      return Files.readSymbolicLink(Path.of(directory.getPath(), name)).toString();
    } catch (IOException | RuntimeException e) {
      return null;
    }
  }
}
