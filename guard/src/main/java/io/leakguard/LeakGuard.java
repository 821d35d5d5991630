package io.leakguard;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The front door: wraps Lambda handlers so that threads which invocations leave behind are
 * reported.
 *
 * <pre>{@code
 * private final RequestHandler<Order, Receipt> guarded = LeakGuard.wrap(this::process);
 *
 * public Receipt handleRequest(Order order, Context context) {
 *   return guarded.handleRequest(order, context);
 * }
 * }</pre>
 */
public final class LeakGuard {
  private LeakGuard() {}

  /**
   * Wraps a handler with the default settings: {@code builder().build().wrap(handler)}.
   *
   * @param handler the handler to run; not null
   * @param <I> the event type
   * @param <O> the result type
   * @return a handler with the same results and exceptions
   * @see Guard#wrap(RequestHandler)
   */
  public static <I, O> RequestHandler<I, O> wrap(RequestHandler<I, O> handler) {
    return builder().build().wrap(handler);
  }

  /**
   * Wraps a stream handler with the default settings: {@code builder().build().wrap(handler)}.
   *
   * @param handler the handler to run; not null
   * @return a handler with the same output and exceptions
   * @see Guard#wrap(RequestStreamHandler)
   */
  public static RequestStreamHandler wrap(RequestStreamHandler handler) {
    return builder().build().wrap(handler);
  }

  /** Returns a builder with nothing set yet. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Collects the settings of a {@link Guard}.
   *
   * <p>What is not set here comes from the environment, else from the default: {@code
   * LEAKGUARD_NAMESPACE} (default {@code LeakGuard}), {@code LEAKGUARD_SETTLE} (default 25 ms), and
   * {@code LEAKGUARD_IGNORE}, whose rules are added. {@code LEAKGUARD_DISABLED=true} turns every
   * guard off. A bad variable is one log line and the default; a bad call throws. Not thread-safe.
   */
  public static final class Builder {
    private final List<IgnoreRule> ignored = new ArrayList<>();
    private String namespace;
    private Duration settle;
    private Host host = Host.system();
    private LeakMonitor monitor;

    private Builder() {}

    /**
     * Sets the CloudWatch namespace of the metrics.
     *
     * @param namespace 1 to 256 characters of {@code a-z A-Z 0-9 . _ # : / -} (CloudWatch's rule)
     * @return this builder
     * @throws IllegalArgumentException if CloudWatch would refuse it
     */
    public Builder namespace(String namespace) {
      this.namespace = Settings.requireNamespace(Objects.requireNonNull(namespace, "namespace"));
      return this;
    }

    /**
     * Sets how long the end of an invocation may wait for threads that are about to end.
     *
     * <p>The wait happens only after something new was seen, ends early when all of it is gone, and
     * never takes more than a tenth of the invocation's remaining time.
     *
     * @param settle between zero (never wait) and ten seconds
     * @return this builder
     * @throws IllegalArgumentException if it is out of that range
     */
    public Builder settle(Duration settle) {
      this.settle = Settings.requireSettle(Objects.requireNonNull(settle, "settle"));
      return this;
    }

    /**
     * Adds rules for threads that are never reported; rules add up, none replaces another.
     *
     * @param rules the rules; not null, no null among them
     * @return this builder
     */
    public Builder ignore(IgnoreRule... rules) {
      ignored.addAll(List.of(rules));
      return this;
    }

    Builder host(Host host) {
      this.host = host;
      return this;
    }

    Builder monitor(LeakMonitor monitor) {
      this.monitor = monitor;
      return this;
    }

    /** Builds the guard; the builder may be used again. */
    public Guard build() {
      EnvironmentSettings environment = new EnvironmentSettings(host);
      Settings settings =
          new Settings(
              environment.disabled(),
              namespace == null ? environment.namespace() : namespace,
              settle == null ? environment.settle() : settle,
              environment.plusIgnored(ignored));
      return new Guard(settings, host, monitor == null ? LeakMonitor.ofThisJvm() : monitor);
    }
  }
}
