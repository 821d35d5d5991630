package io.leakguard.chaos.lambda;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a function is, as its template says.
 *
 * @param name the name the function runs under ({@code AWS_LAMBDA_FUNCTION_NAME})
 * @param aliases further names it can be invoked by, such as its logical id; may be empty
 * @param handler {@code package.Class} or {@code package.Class::method}
 * @param runtime Lambda's identifier of the runtime, such as {@code java17}
 * @param taskRoot the working directory: classes, and jars in {@code lib/}
 * @param timeout how long an invocation may take, above zero and at most 15 minutes
 * @param memoryMegabytes 128 to 10,240, Lambda's quota
 * @param environment the function's own variables
 * @param maxConcurrency events that an environment takes at a time, on Managed Instances; empty
 *     where there are none
 * @param snapStart whether the runtime client's hooks for snapshots are called
 * @param java the JVM it runs with; empty for that of the Lambda it is deployed to
 * @param execWrapper the program that gets the runtime's command to start it, as with {@code
 *     AWS_LAMBDA_EXEC_WRAPPER}; empty for none
 * @param cpuShare the part of a processor that invocations get; empty for all there is
 */
public record FunctionConfig(
    String name,
    List<String> aliases,
    String handler,
    String runtime,
    Path taskRoot,
    Duration timeout,
    int memoryMegabytes,
    Map<String, String> environment,
    OptionalInt maxConcurrency,
    boolean snapStart,
    Optional<JavaInstallation> java,
    Optional<Path> execWrapper,
    Optional<CpuShare> cpuShare) {

  /** Lambda's quota for a function's timeout. */
  private static final Duration LONGEST = Duration.ofMinutes(15);

  public FunctionConfig {
    requireText("name", name);
    requireText("handler", handler);
    requireText("runtime", runtime);
    Objects.requireNonNull(taskRoot, "taskRoot");
    requireTimeout(timeout);
    if (memoryMegabytes < 128 || memoryMegabytes > 10_240) {
      throw new IllegalArgumentException(
          "memoryMegabytes must be 128 to 10240, was " + memoryMegabytes);
    }
    if (maxConcurrency.orElse(1) < 1) {
      throw new IllegalArgumentException(
          "maxConcurrency must be at least 1, was " + maxConcurrency.getAsInt());
    }
    aliases = List.copyOf(aliases);
    environment = Map.copyOf(environment);
    Objects.requireNonNull(java, "java");
    Objects.requireNonNull(execWrapper, "execWrapper");
    Objects.requireNonNull(cpuShare, "cpuShare");
  }

  /** Starts a configuration with Lambda's defaults: 3 seconds, 128 MB, {@code java17}. */
  public static Builder builder(String name, String handler, Path taskRoot) {
    return new Builder(name, handler, taskRoot);
  }

  /** The same configuration, to be changed. */
  public Builder toBuilder() {
    Builder builder =
        builder(name, handler, taskRoot)
            .aliases(aliases)
            .runtime(runtime)
            .timeout(timeout)
            .memoryMegabytes(memoryMegabytes)
            .environment(environment)
            .snapStart(snapStart);
    maxConcurrency.ifPresent(builder::maxConcurrency);
    java.ifPresent(builder::java);
    execWrapper.ifPresent(builder::execWrapper);
    cpuShare.ifPresent(builder::cpuShare);
    return builder;
  }

  static void requireTimeout(Duration timeout) {
    if (timeout.isNegative() || timeout.isZero() || timeout.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "timeout must be above zero and at most " + LONGEST + ", was " + timeout);
    }
  }

  private static void requireText(String property, String value) {
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException(property + " must not be blank, was " + value);
    }
  }

  /** Builds a {@link FunctionConfig}; not thread-safe. */
  public static final class Builder {
    private final String name;
    private String handler;
    private Path taskRoot;
    private List<String> aliases = List.of();
    private String runtime = "java17";
    private Duration timeout = Duration.ofSeconds(3);
    private int memoryMegabytes = 128;
    private Map<String, String> environment = Map.of();
    private OptionalInt maxConcurrency = OptionalInt.empty();
    private boolean snapStart;
    private Optional<JavaInstallation> java = Optional.empty();
    private Optional<Path> execWrapper = Optional.empty();
    private Optional<CpuShare> cpuShare = Optional.empty();

    private Builder(String name, String handler, Path taskRoot) {
      this.name = name;
      this.handler = handler;
      this.taskRoot = taskRoot;
    }

    public Builder handler(String value) {
      handler = value;
      return this;
    }

    public Builder taskRoot(Path value) {
      taskRoot = value;
      return this;
    }

    public Builder aliases(List<String> value) {
      aliases = value;
      return this;
    }

    public Builder runtime(String value) {
      runtime = value;
      return this;
    }

    public Builder timeout(Duration value) {
      timeout = value;
      return this;
    }

    public Builder memoryMegabytes(int value) {
      memoryMegabytes = value;
      return this;
    }

    public Builder environment(Map<String, String> value) {
      environment = value;
      return this;
    }

    public Builder maxConcurrency(int value) {
      maxConcurrency = OptionalInt.of(value);
      return this;
    }

    public Builder snapStart(boolean value) {
      snapStart = value;
      return this;
    }

    public Builder java(JavaInstallation value) {
      java = Optional.of(value);
      return this;
    }

    public Builder execWrapper(Path value) {
      execWrapper = Optional.of(value);
      return this;
    }

    public Builder cpuShare(CpuShare value) {
      cpuShare = Optional.of(value);
      return this;
    }

    /**
     * Checks the values and makes the configuration.
     *
     * @throws IllegalArgumentException when a value breaks a rule; the message names it
     */
    public FunctionConfig build() {
      return new FunctionConfig(
          name,
          aliases,
          handler,
          runtime,
          taskRoot,
          timeout,
          memoryMegabytes,
          environment,
          maxConcurrency,
          snapStart,
          java,
          execWrapper,
          cpuShare);
    }
  }
}
