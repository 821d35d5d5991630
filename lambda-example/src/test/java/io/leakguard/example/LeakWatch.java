package io.leakguard.example;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The threads and sockets that this process has gained since the watch was made. Linux only. */
final class LeakWatch {

  // States of the kernel's table that hold a descriptor: ESTABLISHED, SYN_SENT, CLOSE_WAIT.
  private static final Set<String> OPEN = Set.of("01", "02", "08");

  // The test's upstream, the JDK's keep-alive cache, and what polls the assertions.
  private static final List<String> OTHERS = List.of("upstream-", "Keep-Alive-", "awaitility-");

  private final Set<Thread> known = Thread.getAllStackTraces().keySet();
  private final int upstreamPort;

  LeakWatch(int upstreamPort) {
    this.upstreamPort = upstreamPort;
  }

  /** Names of new live threads that belong to the code under test. */
  List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> !known.contains(thread) && thread.isAlive())
        .map(Thread::getName)
        .filter(name -> OTHERS.stream().noneMatch(name::startsWith))
        .toList();
  }

  /** This process's client ends of connections to the upstream. */
  long sockets() {
    return Stream.of("tcp", "tcp6").flatMap(LeakWatch::rows).filter(this::isClientEnd).count();
  }

  private static Stream<String> rows(String table) {
    try {
      return Files.readAllLines(Path.of("/proc/self/net", table)).stream().skip(1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean isClientEnd(String row) {
    String[] columns = row.trim().split("\\s+", -1);
    return columns[2].endsWith(String.format(":%04X", upstreamPort))
        && OPEN.contains(columns[3])
        && !columns[9].equals("0");
  }
}
