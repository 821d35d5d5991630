package io.leakguard.chaos;

import io.leakguard.chaos.scenario.Upstream;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;

/**
 * What the user put behind the proxies instead of stand-ins.
 *
 * @param named by environment variable
 * @param aws the AWS API that the AWS SDK is led to
 */
record Backends(Map<String, Upstream.Backend> named, Optional<InetSocketAddress> aws) {
  Backends {
    named = Map.copyOf(named);
  }

  /** Whether calls go to servers that are not counted here. */
  boolean hasReal() {
    return aws.isPresent()
        || named.values().stream().anyMatch(backend -> backend instanceof Upstream.Real);
  }
}
