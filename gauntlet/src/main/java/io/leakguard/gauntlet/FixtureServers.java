package io.leakguard.gauntlet;

import io.leakguard.gauntlet.fixture.FixtureProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** The fixtures' process, for as long as the suite runs. */
final class FixtureServers implements AutoCloseable {
  private final Process process;
  private final Map<String, Integer> ports;

  private FixtureServers(Process process, Map<String, Integer> ports) {
    this.process = process;
    this.ports = ports;
  }

  static FixtureServers start(String classPath) throws IOException {
    Process process =
        new ProcessBuilder(Jdk.running().java(), "-cp", classPath, FixtureProcess.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    // Not closed: that would break the pipe of a process that lives on.
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line = out.readLine();
    if (line == null) {
      throw new IOException("the fixtures did not start");
    }
    Map<String, Integer> ports = new LinkedHashMap<>();
    for (String entry : line.split(" ")) {
      int equals = entry.indexOf('=');
      ports.put(entry.substring(0, equals), Integer.valueOf(entry.substring(equals + 1)));
    }
    return new FixtureServers(process, ports);
  }

  Map<String, Integer> ports() {
    return ports;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
