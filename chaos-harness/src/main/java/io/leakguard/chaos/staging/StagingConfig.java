package io.leakguard.chaos.staging;

import io.leakguard.chaos.fault.Route;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a staging run may touch, as its file says.
 *
 * @param file as the user named it
 * @param region empty for that of the environment
 * @param endpoint of all AWS services, for a local AWS API; empty for AWS's own
 * @param stage the stage that all of it is in
 * @param functions at least one
 * @param toxiproxy the address of Toxiproxy's API
 * @param routes its proxies
 * @param logs how logs are waited for
 */
public record StagingConfig(
    Path file,
    Optional<String> region,
    Optional<URI> endpoint,
    String stage,
    List<Deployed> functions,
    URI toxiproxy,
    List<Route> routes,
    GuardRails rails,
    Logs logs) {

  /**
   * How logs are waited for.
   *
   * @param patience for the last line of an invocation
   * @param settle after it, for what is late
   */
  public record Logs(Duration patience, Duration settle) {}

  public StagingConfig {
    functions = List.copyOf(functions);
    routes = List.copyOf(routes);
  }
}
