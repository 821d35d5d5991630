package io.leakguard.chaos.scenario;

import io.leakguard.chaos.fault.FaultException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The hosts file of one function: names of upstreams that can be taken out. Not thread-safe. */
final class Names {
  /** Reserved for tests (RFC 6761), so that it can never be a real one. */
  static final String UPSTREAM = "upstream.test";

  private final Path file;

  Names(Path folder) {
    try {
      file = Files.createTempFile(folder, "hosts-", "");
    } catch (IOException e) {
      throw new FaultException("no hosts file could be made: " + e.getMessage());
    }
    remember();
  }

  /** Options with which a JVM looks names up here, each time anew, and nowhere else. */
  List<String> jvmOptions() {
    return List.of("-Djdk.net.hosts.file=" + file, "-Dsun.net.inetaddr.ttl=0");
  }

  void remember() {
    write("127.0.0.1 localhost " + UPSTREAM + "\n");
  }

  void forget() {
    write("127.0.0.1 localhost\n");
  }

  private void write(String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new FaultException("the hosts file could not be written: " + e.getMessage());
    }
  }
}
