package io.leakguard.chaos.process;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
 */
public record Vitals(int threads, int established, int closeWait, int descriptors) {
  /** Thread names (cut at 15 characters by the kernel) of JVM threads whose number varies. */
  private static final List<String> VARYING =
      List.of("C1 Compiler", "C2 Compiler", "GC Thread", "G1 ", "Attach Listener");

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
      int threads = countThreads(proc.resolve("task"));
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
      return Optional.of(new Vitals(threads, established, closeWait, descriptors));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static int countThreads(Path tasks) throws IOException {
    int count = 0;
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(tasks)) {
      for (Path task : stream) {
        count += varies(task) ? 0 : 1;
      }
    }
    return count;
  }

  private static boolean varies(Path task) {
    try {
      String name = Files.readString(task.resolve("comm"));
      return VARYING.stream().anyMatch(name::startsWith);
    } catch (IOException e) {
      // The thread ended between listing and reading.
      return true;
    }
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
