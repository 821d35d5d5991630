package io.leakguard.chaos.scenario;

import io.leakguard.chaos.fault.FaultException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The hosts file of one function: this machine and, by a name that can be taken out, its upstreams.
 * Every other name is unknown, so that nothing beyond this machine is reached by one. Not
 * thread-safe.
 */
final class Names {
  /** Reserved for tests (RFC 6761), so that it can never be a real one. */
  static final String UPSTREAM = "upstream.test";

  /** A JVM asks for the name of its machine, as some loggers do. */
  private static final String SELF = "127.0.0.1 localhost " + machine() + " ";

  private final Path file;
  private boolean forgotten;

  Names(Path folder) {
    try {
      file = Files.createTempFile(folder, "hosts-", "");
    } catch (IOException e) {
      throw new FaultException("no hosts file could be made: " + e.getMessage());
    }
    write(SELF + UPSTREAM + "\n");
  }

  /**
   * Options with which a JVM looks names up here and nowhere else.
   *
   * @param anew whether it does so each time
   */
  List<String> jvmOptions(boolean anew) {
    String hosts = "-Djdk.net.hosts.file=" + file;
    return anew ? List.of(hosts, "-Dsun.net.inetaddr.ttl=0") : List.of(hosts);
  }

  void remember() {
    if (forgotten) {
      write(SELF + UPSTREAM + "\n");
      forgotten = false;
    }
  }

  void forget() {
    write(SELF + "\n");
    forgotten = true;
  }

  private static String machine() {
    try {
      // From the kernel: the JDK would ask a name server for it.
      return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    } catch (IOException e) {
      // A machine without a name is not asked for by it.
      return "";
    }
  }

  private void write(String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new FaultException("the hosts file could not be written: " + e.getMessage());
    }
  }
}
