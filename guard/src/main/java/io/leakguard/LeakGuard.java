package io.leakguard;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.leakguard.diagnosis.ThreadDump;
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
  private static final int DUMPED_GROUPS = 100;
  private static final int DUMPED_FRAMES = 16;

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

  /**
   * Labels what the current invocation starts from now on; reports about it carry the label.
   *
   * <p>Never throws. Does nothing outside an invocation, for a null or blank key, and for a 17th
   * key. May be called on threads that the invocation has started.
   *
   * @param key such as {@code tenant}; cut to 64 characters, those unfit for a log become {@code ?}
   * @param value cut to 128 characters; null takes the label away
   */
  public static void label(String key, String value) {
    try {
      if (key != null && !key.isBlank()) {
        LeakMonitor.label(key, value);
      }
    } catch (RuntimeException ignored) {
      // A label is never worth an invocation.
    }
  }

  /**
   * Runs a body and fails if threads that it has created stay: {@code
   * LeakCheck.builder().build().check(body)}. For tests and tools, outside of Lambda.
   *
   * @param body what to run; not null
   * @param <X> what it throws
   * @throws X what the body throws
   * @throws LeakedThreadsError if it returns normally and leaves threads behind
   * @see LeakCheck#check(LeakCheck.Body)
   */
  public static <X extends Throwable> void check(LeakCheck.Body<X> body) throws X {
    LeakCheck.builder().build().check(body);
  }

  /**
   * Runs a body and fails if threads that it has created stay: {@code
   * LeakCheck.builder().build().check(body)}. For tests and tools, outside of Lambda.
   *
   * @param body what to run; not null
   * @param <T> what it returns
   * @param <X> what it throws
   * @return what the body returns
   * @throws X what the body throws
   * @throws LeakedThreadsError if it returns normally and leaves threads behind
   * @see LeakCheck#check(LeakCheck.Call)
   */
  public static <T, X extends Throwable> T check(LeakCheck.Call<T, X> body) throws X {
    return LeakCheck.builder().build().check(body);
  }

  /**
   * Accepts every thread that is alive now as meant to stay, as if it were of the baseline: for
   * code that starts long-lived threads late and on purpose. May be called inside an invocation and
   * outside of one; thread-safe.
   */
  public static void ignoreLiving() {
    LeakMonitor.ofThisJvm().acceptLiving();
  }

  /**
   * Describes all platform threads of this JVM, as text: those with the same stack together, the
   * largest group first, each with what it waits for.
   *
   * <p>Costs one {@link Thread#getAllStackTraces()}. A guard logs it once per environment when
   * {@code LEAKGUARD_DUMP_AT} threads are alive, 512 unless set. Thread-safe.
   *
   * @return several lines, at most 64 KB; what was left out is counted in the last ones
   */
  public static String dump() {
    return "LeakGuard: all threads\n"
        + ThreadDump.of(Thread.getAllStackTraces(), DUMPED_GROUPS, DUMPED_FRAMES);
  }

  /** {@return a builder with nothing set yet} */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Collects the settings of a {@link Guard}.
   *
   * <p>What is not set here comes from the environment variable that the method names, else from
   * the default. {@code LEAKGUARD_DISABLED=true} turns every guard off. A bad variable is one log
   * line and the default; a bad call throws. Not thread-safe.
   */
  public static final class Builder {
    private final List<IgnoreRule> ignored = new ArrayList<>();
    private LeakPolicy policy;
    private String namespace;
    private String service;
    private Duration settle;
    private Integer dumpAt;
    private CreationSites creationSites;
    private Boolean breaker;
    private Host host = Host.system();
    private LeakMonitor monitor;

    private Builder() {}

    /**
     * Sets what a confirmed leak does to the invocation; else {@code LEAKGUARD_POLICY}, {@code
     * report} or {@code fail}, else {@link LeakPolicy#REPORT}.
     *
     * @param policy not null
     * @return this builder
     */
    public Builder policy(LeakPolicy policy) {
      this.policy = Objects.requireNonNull(policy, "policy");
      return this;
    }

    /**
     * Sets the CloudWatch namespace of the metrics; else {@code LEAKGUARD_NAMESPACE}, else {@code
     * LeakGuard}.
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
     * Sets the name of the service that the function belongs to; else {@code
     * LEAKGUARD_SERVICE_NAME}, else {@code POWERTOOLS_SERVICE_NAME}, else there is none.
     *
     * <p>It is the member {@code service} of each metric document, for queries of the log. Metrics
     * are not kept by it: their dimensions are the function and its version.
     *
     * @param service 1 to 256 printable ASCII characters, not blank, not beginning with a colon
     *     (CloudWatch's rule for dimensions, but shorter: a query may make it one)
     * @return this builder
     * @throws IllegalArgumentException if it is none of that
     */
    public Builder service(String service) {
      this.service = Settings.requireService(Objects.requireNonNull(service, "service"));
      return this;
    }

    /**
     * Sets how long the end of an invocation may wait for threads that are about to end; else
     * {@code LEAKGUARD_SETTLE}, such as {@code 25ms}, {@code 1s} or {@code PT0.025S}, else 25 ms.
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
     * Sets the number of live threads at which all of them are written to the log, once per
     * execution environment; else {@code LEAKGUARD_DUMP_AT}, else 512, half of Lambda's quota.
     *
     * <p>Counted when an invocation begins or ends and threads have come or gone since: those of
     * the baseline count, but are not told before the first change after it.
     *
     * @param threads 0 (never) to 100,000
     * @return this builder
     * @throws IllegalArgumentException if it is out of that range
     */
    public Builder dumpAt(int threads) {
      this.dumpAt = Settings.requireDumpAt(threads);
      return this;
    }

    /**
     * Sets when the guard begins to record which code starts threads; else {@code
     * LEAKGUARD_CREATION}, {@code suspicion}, {@code always} or {@code never}, else {@link
     * CreationSites#ON_SUSPICION}.
     *
     * @param when not null
     * @return this builder
     */
    public Builder creationSites(CreationSites when) {
      this.creationSites = Objects.requireNonNull(when, "when");
      return this;
    }

    /**
     * Sets whether the guard ends a JVM that can serve no more; else {@code LEAKGUARD_BREAKER},
     * {@code true} or {@code false}, else it does not.
     *
     * <p>After an {@code OutOfMemoryError} the runtime client leaves its loop, but leaked threads
     * that are no daemons keep the JVM alive: the environment then hangs until its timeout instead
     * of being replaced. The guard waits for that from the first confirmed leak of threads on, and
     * only where the environment runs one invocation at a time: with several the client stays in
     * its loops.
     *
     * @param on whether to end it
     * @return this builder
     */
    public Builder breaker(boolean on) {
      this.breaker = on;
      return this;
    }

    /**
     * Adds rules for threads that are never reported.
     *
     * <p>Rules add up, none replaces another: those of every guard, of {@code LEAKGUARD_IGNORE}
     * (rules in text form, separated by semicolons or line breaks), and of the resources {@code
     * META-INF/leakguard/ignore} of every jar, one rule a line:
     *
     * <pre>{@code name|group|top|any|starter PATTERN # reason}</pre>
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

    /**
     * Builds the guard; the builder may be used again.
     *
     * @return a guard that later changes of the builder do not reach
     */
    public Guard build() {
      return new Guard(settings(), host, monitor == null ? LeakMonitor.ofThisJvm() : monitor);
    }

    Settings settings() {
      EnvironmentSettings environment = new EnvironmentSettings(host, monitor == null);
      return new Settings(
          environment.disabled(),
          policy == null ? environment.policy() : policy,
          namespace == null ? environment.namespace() : namespace,
          service == null ? environment.service() : service,
          environment.commit(),
          environment.signOfLife(),
          settle == null ? environment.settle() : settle,
          dumpAt == null ? environment.dumpAt() : dumpAt,
          creationSites == null ? environment.creationSites() : creationSites,
          breaker == null ? environment.breaker() : breaker,
          environment.plusIgnored(ignored));
    }
  }
}
