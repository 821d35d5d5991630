package io.leakguard.chaos.load;

import java.io.File;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What the driver is told: as a process, its command line; then one form-encoded line per plan. */
final class DriverCommand {
  private static final String MAIN_CLASS = "io.leakguard.load.Driver";

  /** From this JDK on, what Netty does with memory and natives is warned of on standard error. */
  private static final int FIRST_JDK_THAT_WARNS = 24;

  private DriverCommand() {}

  /** The smallest JVM that Gatling is content with, but for its heap. */
  static List<String> jvm(
      Path java, int javaVersion, List<Path> classPath, Path folder, int heapMegabytes) {
    List<String> command = new ArrayList<>();
    command.add(java.toString());
    command.addAll(
        List.of("-Xmx" + heapMegabytes + "m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-XX:-UsePerfData", "-XX:+ExitOnOutOfMemoryError"));
    command.add("-Djava.io.tmpdir=" + folder);
    // Gatling's log writer reads the bytes inside strings.
    command.add("--add-opens=java.base/java.lang=ALL-UNNAMED");
    if (javaVersion >= FIRST_JDK_THAT_WARNS) {
      command.add("--enable-native-access=ALL-UNNAMED");
      command.add("--sun-misc-unsafe-memory-access=allow");
    }
    String jars =
        classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    command.addAll(List.of("-cp", jars, MAIN_CLASS, folder.toString()));
    return command;
  }

  /** One line, without its end. Errors never fail the run: the harness judges them. */
  static String line(LoadPlan plan, Path bodies) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("simulation", plan.simulation());
    fields.put("target", targets(plan.targets()));
    fields.put("invocations", Integer.toString(plan.invocations()));
    fields.put("pause", milliseconds(plan.pause()));
    fields.put("bodies", bodies.toString());
    fields.put("clientTimeout", milliseconds(plan.clientTimeout()));
    fields.put("maxErrorPercent", "100");
    return fields.entrySet().stream()
        .map(
            field ->
                field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }

  /** A comma separates targets, so one inside a URL is escaped. */
  private static String targets(List<URI> targets) {
    return targets.stream()
        .map(target -> target.toASCIIString().replace(",", "%2C"))
        .collect(Collectors.joining(","));
  }

  private static String milliseconds(Duration duration) {
    return duration.toMillis() + "ms";
  }
}
