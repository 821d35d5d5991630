package io.leakguard.chaos.process;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntPredicate;

/**
 * What one look from outside shows of a process. Works on stopped processes too, and costs them
 * nothing.
 *
 * @param threads operating system threads, less the JIT compiler's and the collector's, which come
 *     and go by themselves
 * @param established TCP sockets in state ESTABLISHED
 * @param closeWait TCP sockets in state CLOSE_WAIT: the peer has closed, the process has not
 * @param descriptors open file descriptors
 * @param rssMegabytes resident memory
 * @param families the threads by their names, numbers replaced by N and cut as the kernel cuts them
 */
public record Vitals(
    int threads,
    int established,
    int closeWait,
    int descriptors,
    double rssMegabytes,
    Map<String, Integer> families) {
  /** Thread names (cut at 15 characters by the kernel) of JVM threads whose number varies. */
  private static final List<String> VARYING =
      List.of("C1 Compiler", "C2 Compiler", "GC Thread", "G1 ", "Attach Listener");

  /** In place of digits while a name is looked at: no name has it. */
  private static final char NUMBER = '\0';

  private static final String TRAILING = "-_#. " + NUMBER;
  private static final String ESTABLISHED = "01";
  private static final String CLOSE_WAIT = "08";

  /**
   * Looks at a process.
   *
   * @param remotePort which TCP sockets count, by the port they are connected to
   * @return empty when the process is gone
   */
  public static Optional<Vitals> of(long pid, IntPredicate remotePort) {
    Path proc = Path.of("/proc", Long.toString(pid));
    try {
      Map<String, Integer> families = countThreads(proc.resolve("task"));
      Set<String> sockets = new HashSet<>();
      int descriptors = collectSockets(proc.resolve("fd"), sockets);
      int established = 0;
      int closeWait = 0;
      for (String table : List.of("tcp", "tcp6")) {
        for (String line : Files.readAllLines(proc.resolve("net").resolve(table))) {
          String[] column = line.trim().split("\\s+");
          if (column.length > 9
              && sockets.contains(column[9])
              && remotePort.test(port(column[2]))) {
            established += column[3].equals(ESTABLISHED) ? 1 : 0;
            closeWait += column[3].equals(CLOSE_WAIT) ? 1 : 0;
          }
        }
      }
      int threads = families.values().stream().mapToInt(Integer::intValue).sum();
      return Optional.of(
          new Vitals(threads, established, closeWait, descriptors, resident(proc), families));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Whether this look shows more of anything that a function may leave behind. */
  public boolean exceeds(Vitals before) {
    return threads > before.threads
        || established + closeWait > before.established + before.closeWait
        || closeWait > before.closeWait
        || descriptors > before.descriptors;
  }

  private static Map<String, Integer> countThreads(Path tasks) throws IOException {
    Map<String, Integer> families = new TreeMap<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(tasks)) {
      for (Path task : stream) {
        String name = name(task);
        if (!name.isEmpty() && VARYING.stream().noneMatch(name::startsWith)) {
          families.merge(family(name), 1, Integer::sum);
        }
      }
    }
    return families;
  }

  private static String name(Path task) {
    try {
      return Files.readString(task.resolve("comm")).strip();
    } catch (IOException e) {
      // The thread ended between listing and reading.
      return "";
    }
  }

  /** {@code pool-N-thread} of pool-1-thread-1 and of pool-12-thread- alike. */
  static String family(String name) {
    StringBuilder family = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      char letter = name.charAt(i);
      if (letter < '0' || letter > '9') {
        family.append(letter);
      } else if (family.length() == 0 || family.charAt(family.length() - 1) != NUMBER) {
        family.append(NUMBER);
      }
    }
    int end = family.length();
    while (end > 1 && TRAILING.indexOf(family.charAt(end - 1)) >= 0) {
      end--;
    }
    return family.substring(0, end).replace(NUMBER, 'N');
  }

  private static double resident(Path proc) throws IOException {
    for (String line : Files.readAllLines(proc.resolve("status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D+", "")) / 1024.0;
      }
    }
    return 0;
  }

  private static int collectSockets(Path descriptors, Set<String> inodes) throws IOException {
    int count = 0;
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(descriptors)) {
      for (Path descriptor : stream) {
        count++;
        String target = target(descriptor);
        if (target.startsWith("socket:[")) {
          inodes.add(target.substring("socket:[".length(), target.length() - 1));
        }
      }
    }
    return count;
  }

  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException e) {
      // Closed between listing and reading.
      return "";
    }
  }

  private static int port(String address) {
    return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1), 16);
  }
}
