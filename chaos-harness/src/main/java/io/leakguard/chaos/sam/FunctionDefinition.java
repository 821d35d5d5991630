package io.leakguard.chaos.sam;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * A Java function of the template with the configuration that production would give it. Immutable;
 * nothing is null.
 *
 * @param logicalId the key under {@code Resources}
 * @param functionName {@code FunctionName}, else the logical id
 * @param handler {@code Class} or {@code Class::method}
 * @param runtime Lambda's identifier, such as {@code java21}
 * @param timeout 1 to 900 s; 3 s where the template says nothing (the default of Lambda)
 * @param memoryMegabytes 128 where the template says nothing (the default of Lambda)
 * @param environment in the order of the template; what only AWS knows is a placeholder that begins
 *     with {@code unresolved-}, and a note says so
 * @param codeUri resolved against the template's folder; may not exist
 * @param layers the content folders or archives of layers in the same template, in order
 * @param reservedConcurrency {@code ReservedConcurrentExecutions}
 * @param maxConcurrency {@code PerExecutionEnvironmentMaxConcurrency} of Managed Instances
 * @param snapStart whether {@code SnapStart} applies to published versions
 * @param conditionTrue false where the function's condition would keep it out of a deployment
 * @param events in the order of the template
 * @param notes what was assumed, each one line that begins with its place
 * @param line where the function stands, from 1; 0 where it comes from no file
 * @param handlerLine where the handler stands, which may be in {@code Globals}
 * @param codeLine where the code's location stands
 */
public record FunctionDefinition(
    String logicalId,
    String functionName,
    String handler,
    String runtime,
    Duration timeout,
    int memoryMegabytes,
    Map<String, String> environment,
    Path codeUri,
    List<Path> layers,
    OptionalInt reservedConcurrency,
    OptionalInt maxConcurrency,
    boolean snapStart,
    boolean conditionTrue,
    List<EventSource> events,
    List<String> notes,
    int line,
    int handlerLine,
    int codeLine) {

  public FunctionDefinition {
    environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
    layers = List.copyOf(layers);
    events = List.copyOf(events);
    notes = List.copyOf(notes);
  }

  /** A function with Lambda's defaults: named as its id, 3 s, 128 MB, no environment, java17. */
  public static Builder builder(String logicalId, String handler, Path codeUri) {
    return new Builder(logicalId, handler, codeUri);
  }

  /**
   * An event of the function's first event source, {@code {}} where it has none.
   *
   * @param n the number of the invocation: the same number gives the same event, another number
   *     other ids
   */
  public String sampleEvent(long n) {
    return events.isEmpty() ? "{}" : events.get(0).sampleEvent(n);
  }

  /** Whether nothing is known of its events: its sample event is {@code {}}. */
  public boolean hasEmptyEvent() {
    return sampleEvent(1).equals("{}");
  }

  /** Collects a definition; not thread-safe. */
  public static final class Builder {
    private static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(15);
    private static final int LEAST_MEMORY = 128;

    private final String logicalId;
    private final String handler;
    private final Path codeUri;
    private String functionName;
    private String runtime = "java17";
    private Duration timeout = Duration.ofSeconds(3);
    private int memoryMegabytes = LEAST_MEMORY;
    private final Map<String, String> environment = new LinkedHashMap<>();
    private final List<Path> layers = new ArrayList<>();
    private OptionalInt reservedConcurrency = OptionalInt.empty();
    private OptionalInt maxConcurrency = OptionalInt.empty();
    private boolean snapStart;
    private boolean conditionTrue = true;
    private final List<EventSource> events = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private int line;
    private int handlerLine;
    private int codeLine;

    private Builder(String logicalId, String handler, Path codeUri) {
      this.logicalId = Objects.requireNonNull(logicalId, "logicalId");
      this.handler = Objects.requireNonNull(handler, "handler");
      this.codeUri = Objects.requireNonNull(codeUri, "codeUri");
      this.functionName = logicalId;
    }

    public Builder functionName(String name) {
      this.functionName = Objects.requireNonNull(name, "functionName");
      return this;
    }

    public Builder runtime(String identifier) {
      this.runtime = Objects.requireNonNull(identifier, "runtime");
      return this;
    }

    /** Throws IllegalArgumentException unless it is above 0 and at most 900 s. */
    public Builder timeout(Duration limit) {
      if (limit.isNegative() || limit.isZero() || limit.compareTo(LONGEST_TIMEOUT) > 0) {
        throw new IllegalArgumentException(
            "timeout must be above 0 and at most 900 s, but is " + limit);
      }
      this.timeout = limit;
      return this;
    }

    /** Throws IllegalArgumentException where it is less than 128. */
    public Builder memoryMegabytes(int megabytes) {
      if (megabytes < LEAST_MEMORY) {
        throw new IllegalArgumentException("memory must be at least 128 MB, but is " + megabytes);
      }
      this.memoryMegabytes = megabytes;
      return this;
    }

    /** Adds or replaces variables. */
    public Builder environment(Map<String, String> variables) {
      environment.putAll(variables);
      return this;
    }

    public Builder layer(Path content) {
      layers.add(content);
      return this;
    }

    /** Throws IllegalArgumentException where it is negative. */
    public Builder reservedConcurrency(int environments) {
      if (environments < 0) {
        throw new IllegalArgumentException(
            "reserved concurrency must be at least 0, but is " + environments);
      }
      this.reservedConcurrency = OptionalInt.of(environments);
      return this;
    }

    /** Throws IllegalArgumentException where it is less than 1. */
    public Builder maxConcurrency(int events) {
      if (events < 1) {
        throw new IllegalArgumentException(
            "concurrency of an environment must be at least 1, but is " + events);
      }
      this.maxConcurrency = OptionalInt.of(events);
      return this;
    }

    public Builder snapStart(boolean applies) {
      this.snapStart = applies;
      return this;
    }

    public Builder conditionTrue(boolean holds) {
      this.conditionTrue = holds;
      return this;
    }

    public Builder event(EventSource source) {
      events.add(source);
      return this;
    }

    public Builder note(String text) {
      notes.add(text);
      return this;
    }

    /** Lines from 1 of the function, its handler and its code; 0 where there is no file. */
    public Builder lines(int ofFunction, int ofHandler, int ofCode) {
      this.line = ofFunction;
      this.handlerLine = ofHandler;
      this.codeLine = ofCode;
      return this;
    }

    public FunctionDefinition build() {
      return new FunctionDefinition(
          logicalId,
          functionName,
          handler,
          runtime,
          timeout,
          memoryMegabytes,
          environment,
          codeUri,
          layers,
          reservedConcurrency,
          maxConcurrency,
          snapStart,
          conditionTrue,
          events,
          notes,
          line,
          handlerLine,
          codeLine);
    }
  }
}
