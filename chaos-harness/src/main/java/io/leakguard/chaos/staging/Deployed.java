package io.leakguard.chaos.staging;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A function that is deployed.
 *
 * @param name its name in reports
 * @param event where its events are; empty for {@code {}}
 * @param logGroup where it logs
 * @param proxies names of the proxies before its upstreams
 */
public record Deployed(
    String name, Way way, Optional<Path> event, String logGroup, List<String> proxies) {
  public Deployed {
    proxies = List.copyOf(proxies);
  }
}
