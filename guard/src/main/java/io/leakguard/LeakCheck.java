package io.leakguard;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Checks that a piece of code leaves no thread behind, outside of Lambda and in tests.
 *
 * <pre>{@code
 * LeakGuard.check(() -> new Orders().price("A-1"));
 * }</pre>
 *
 * <p>Threads that are alive when the check begins are never reported. What is created meanwhile is
 * charged to the check that created it, directly or through threads it has created, so checks may
 * run at the same time. Where the creator is not known (see {@link LeakReport#unattributed}) and
 * only one check ran, it is charged to that one. Virtual threads are reported where their creator
 * is known. Immutable and thread-safe.
 */
public final class LeakCheck {
  /** As long as goleak's default, which is enough for a closed pool on a loaded machine. */
  static final Duration DEFAULT_GRACE = Duration.ofMillis(430);

  static final Duration LONGEST_GRACE = Duration.ofMinutes(1);

  /** Enough for what was closed; a failed body has often closed nothing. */
  private static final Duration GRACE_OF_FAILED = Duration.ofMillis(50);

  private final Duration grace;
  private final Filters filters;
  private final ScopeRegistry registry;
  private final Host host;

  private LeakCheck(Duration grace, Filters filters, ScopeRegistry registry, Host host) {
    this.grace = grace;
    this.filters = filters;
    this.registry = registry;
    this.host = host;
  }

  /**
   * A body that returns nothing.
   *
   * @param <X> what it throws
   */
  @FunctionalInterface
  public interface Body<X extends Throwable> {
    /**
     * Runs the body.
     *
     * @throws X what the body fails with
     */
    void run() throws X;
  }

  /**
   * A body that returns something.
   *
   * @param <T> what it returns
   * @param <X> what it throws
   */
  @FunctionalInterface
  public interface Call<T, X extends Throwable> {
    /**
     * Runs the body.
     *
     * @return its result; may be null
     * @throws X what the body fails with
     */
    T call() throws X;
  }

  /** {@return a builder with nothing set yet} */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Runs a body and fails if threads that it has created are still alive after the grace.
   *
   * @param body what to run; not null
   * @param <X> what it throws
   * @throws X what the body throws; threads left behind are then added as a suppressed {@link
   *     LeakedThreadsError}, after a grace of 50 ms at most
   * @throws LeakedThreadsError if the body returns normally and leaves threads behind
   */
  public <X extends Throwable> void check(Body<X> body) throws X {
    Objects.requireNonNull(body, "body");
    Call<Void, X> call =
        () -> {
          body.run();
          return null;
        };
    check(call);
  }

  /**
   * Runs a body and fails if threads that it has created are still alive after the grace.
   *
   * @param body what to run; not null
   * @param <T> what it returns
   * @param <X> what it throws
   * @return what the body returns
   * @throws X what the body throws; threads left behind are then added as a suppressed {@link
   *     LeakedThreadsError}, after a grace of 50 ms at most
   * @throws LeakedThreadsError if the body returns normally and leaves threads behind
   */
  public <T, X extends Throwable> T check(Call<T, X> body) throws X {
    Objects.requireNonNull(body, "body");
    LeakScope scope = begin("the checked code", null);
    T result;
    try {
      result = body.call();
    } catch (Throwable failure) {
      LeakReport report = scope.end(shortened());
      if (!report.groups().isEmpty()) {
        failure.addSuppressed(new LeakedThreadsError(report));
      }
      throw failure;
    }
    scope.end(grace).throwIfLeaked();
    return result;
  }

  /**
   * Begins a check on the current thread, for code that cannot be given as a body.
   *
   * @param name what is checked, as the report is to name it; not null
   * @param within a scope that this one is a part of; null for none. Parts are not taken for checks
   *     that run at the same time, and what a part leaves behind is not its surroundings' fault
   * @return the scope, to be ended on the same thread
   */
  public LeakScope begin(String name, LeakScope within) {
    Origins.arm();
    return new LeakScope(Objects.requireNonNull(name, "name"), within, this, registry);
  }

  /** {@return how long threads may take to end before they are reported} */
  public Duration grace() {
    return grace;
  }

  /** {@return the grace after a failure: a failed test is not to take longer for it} */
  public Duration shortened() {
    return grace.compareTo(GRACE_OF_FAILED) < 0 ? grace : GRACE_OF_FAILED;
  }

  Filters filters() {
    return filters;
  }

  Host host() {
    return host;
  }

  /**
   * Collects the settings of a check. The rules in {@code LEAKGUARD_IGNORE} are added to those that
   * are set here. Not thread-safe.
   */
  public static final class Builder {
    private final List<IgnoreRule> ignored = new ArrayList<>();
    private Duration grace = DEFAULT_GRACE;
    private ScopeRegistry registry = ScopeRegistry.ofThisJvm();
    private Host host = Host.system();

    private Builder() {}

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

    /**
     * Adds rules in their text form: {@code name|group|top|any|starter PATTERN # reason}.
     *
     * @param rules the rules; not null, no null among them
     * @return this builder
     * @throws IllegalArgumentException if a text is no rule; the message says what is
     * @see IgnoreRule
     */
    public Builder ignore(String... rules) {
      for (String rule : rules) {
        ignored.add(IgnoreRule.parse(rule));
      }
      return this;
    }

    /**
     * Sets how long threads may take to end before they are reported; the default is 430 ms, as
     * goleak's. The wait ends early when all have ended, and does not begin where none is left.
     *
     * @param grace between zero (no wait) and one minute
     * @return this builder
     * @throws IllegalArgumentException if it is out of that range
     */
    public Builder grace(Duration grace) {
      if (grace.isNegative() || grace.compareTo(LONGEST_GRACE) > 0) {
        throw new IllegalArgumentException("grace must be between PT0S and PT1M: " + grace);
      }
      this.grace = grace;
      return this;
    }

    Builder registry(ScopeRegistry registry) {
      this.registry = registry;
      return this;
    }

    Builder host(Host host) {
      this.host = host;
      return this;
    }

    /**
     * Builds the check; the builder may be used again.
     *
     * @return a check that later changes of the builder do not reach
     */
    public LeakCheck build() {
      Filters filters = new Filters(host);
      filters.add(new EnvironmentSettings(host, true).plusIgnored(ignored));
      return new LeakCheck(grace, filters, registry, host);
    }
  }
}
