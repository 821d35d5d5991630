package io.leakguard.chaos.scenario;

import io.leakguard.chaos.lambda.FunctionConfig;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongFunction;

/**
 * A function to be played with.
 *
 * @param config the function as its template has it
 * @param upstreams the environment variables that say where its upstreams are, each with what
 *     stands behind its proxy
 * @param event the event of the n-th invocation, as JSON
 */
public record Target(
    FunctionConfig config, Map<String, Upstream> upstreams, LongFunction<String> event) {

  public Target {
    upstreams = Map.copyOf(upstreams);
  }

  /** Whether it has upstreams, and stand-ins for none of them. */
  boolean hasRealUpstreamsOnly() {
    return !upstreams.isEmpty()
        && upstreams.values().stream().allMatch(u -> u.backend() instanceof Upstream.Real);
  }

  String name() {
    return config.name();
  }

  /** The function's configuration with all its upstreams at one address. */
  public FunctionConfig withUpstreamsAt(InetSocketAddress address) {
    Map<String, InetSocketAddress> addresses = new HashMap<>();
    upstreams.keySet().forEach(variable -> addresses.put(variable, address));
    return redirected(addresses, new Setup());
  }

  /** The function's configuration with its upstreams somewhere else. */
  FunctionConfig redirected(Map<String, InetSocketAddress> addresses, Setup setup) {
    Map<String, String> environment = new HashMap<>(config.environment());
    addresses.forEach(
        (variable, address) ->
            environment.put(
                variable,
                setup.renamed(upstreams.get(variable).pointedAt().apply(address), address)));
    if (setup.named()) {
      // The runtime client would have failed look-ups remembered for a second.
      environment.putIfAbsent("AWS_LAMBDA_JAVA_NETWORKADDRESS_CACHE_NEGATIVE_TTL", "0");
    }
    return config.toBuilder().environment(environment).build();
  }
}
