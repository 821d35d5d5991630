package io.leakguard.chaos.scenario;

import java.net.InetSocketAddress;
import java.util.function.Function;

/**
 * One upstream of a function, found through an environment variable.
 *
 * @param pointedAt what the variable has to say for the upstream to be at an address
 * @param backend what stands behind the proxy
 */
public record Upstream(Function<InetSocketAddress, String> pointedAt, Backend backend) {

  /** What stands behind the proxy. */
  public sealed interface Backend {}

  /** A stand-in that answers every request with the content, or as an inventory if it is empty. */
  public record StandIn(String content) implements Backend {
    /** Answers as an inventory and with an empty object. */
    public static final StandIn DEFAULT = new StandIn("");
  }

  /** A server that runs already. */
  public record Real(InetSocketAddress address) implements Backend {}
}
