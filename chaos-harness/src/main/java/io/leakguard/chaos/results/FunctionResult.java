package io.leakguard.chaos.results;

import java.util.List;
import java.util.Map;

/**
 * A function as its template configures it and as it was run. Texts, lists and maps are never null;
 * numbers are null where they are unknown.
 *
 * @param handler as in the template
 * @param runtime as in the template
 * @param jdk version of the JDK that it ran on
 * @param memoryMb memory size
 * @param timeoutMs timeout
 * @param artifact what was run
 * @param guard {@code in the function}, {@code in a layer}, {@code attached} or {@code none}
 * @param environment its variables, secrets masked
 * @param upstreams what stood behind each variable that is an address
 * @param notes what else a reader should know
 */
public record FunctionResult(
    String handler,
    String runtime,
    String jdk,
    Integer memoryMb,
    Long timeoutMs,
    String artifact,
    String guard,
    Map<String, String> environment,
    Map<String, String> upstreams,
    List<String> notes) {
  public FunctionResult {
    handler = Absent.text(handler);
    runtime = Absent.text(runtime);
    jdk = Absent.text(jdk);
    artifact = Absent.text(artifact);
    guard = Absent.text(guard);
    environment = Absent.map(environment);
    upstreams = Absent.map(upstreams);
    notes = Absent.list(notes);
  }
}
