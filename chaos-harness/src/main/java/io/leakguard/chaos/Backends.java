package io.leakguard.chaos;

import io.leakguard.chaos.scenario.Upstream;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the user put behind the proxies instead of stand-ins.
 *
 * @param named by environment variable
 * @param aws the AWS API that the AWS SDK is led to
 */
record Backends(Map<String, Upstream.Backend> named, Optional<InetSocketAddress> aws) {
  /** Read by the AWS SDKs of 2023 and later. */
  static final String AWS_ENDPOINT = "AWS_ENDPOINT_URL";

  Backends {
    named = Map.copyOf(named);
  }

  /** The servers that stand behind variables, as {@code host:port}; their calls are not counted. */
  Map<String, String> real() {
    Map<String, String> servers = new TreeMap<>();
    named.forEach(
        (variable, backend) -> {
          if (backend instanceof Upstream.Real server) {
            servers.put(variable, text(server.address()));
          }
        });
    aws.ifPresent(address -> servers.put(AWS_ENDPOINT, text(address)));
    return servers;
  }

  private static String text(InetSocketAddress address) {
    return address.getHostString() + ":" + address.getPort();
  }
}
