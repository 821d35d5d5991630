package io.leakguard.chaos;

import io.leakguard.chaos.lambda.CpuShare;
import io.leakguard.chaos.lambda.JavaInstallation;
import io.leakguard.chaos.lambda.JavaInstallations;
import io.leakguard.chaos.sam.Artifact;
import io.leakguard.chaos.sam.EventSource;
import io.leakguard.chaos.sam.FunctionDefinition;
import io.leakguard.chaos.sam.Template;
import io.leakguard.chaos.sam.TemplateException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.stream.Collectors;

/**
 * Finds what functions are run with, one after the other: one that lacks something does not stop
 * the rest. Not thread-safe.
 */
final class Preparations {
  /** So many different reasons are worth reading where nothing can be run. */
  private static final int MOST_REASONS = 5;

  private final Template template;
  private final JavaInstallations jdks;
  private final Optional<LongFunction<String>> events;
  private final List<FunctionDefinition> runnable = new ArrayList<>();
  private final Map<String, Preparation> prepared = new LinkedHashMap<>();
  private final Map<String, String> notRun = new LinkedHashMap<>();
  private boolean cpuShareImposed;

  Preparations(Template template, JavaInstallations jdks, Optional<LongFunction<String>> events) {
    this.template = template;
    this.jdks = jdks;
    this.events = events;
  }

  /** Gives what is prepared from now on the part of a processor that its memory pays for. */
  void imposeCpuShare() {
    cpuShareImposed = true;
  }

  void prepare(FunctionDefinition function) {
    try {
      prepared.put(function.logicalId(), preparation(function));
      runnable.add(function);
    } catch (TemplateException | UserError e) {
      skip(function.logicalId(), e.getMessage());
    }
  }

  /** Lists a function as not run. */
  void skip(String logicalId, String reason) {
    notRun.put(logicalId, reason);
  }

  private Preparation preparation(FunctionDefinition function) {
    JavaInstallation java =
        jdks.forRuntime(function.runtime()).orElseThrow(() -> noJdk(function.runtime()));
    Artifact artifact = Artifact.locate(template, function);
    List<String> notes = new ArrayList<>(artifact.notes());
    if (!function.runtime().matches("java" + java.feature() + "([.].*)?")) {
      notes.add(
          "no JDK for %s here: run with Java %d (--jdk N=DIR)"
              .formatted(function.runtime(), java.feature()));
    }
    addStartNotes(function, artifact, notes);
    Optional<CpuShare> cpuShare =
        cpuShareImposed ? CpuShare.ofMemory(function.memoryMegabytes()) : Optional.empty();
    return new Preparation(artifact, java, event(function, artifact, notes), notes, cpuShare);
  }

  /** What a layer would bring for the start of the JVM is not there. */
  private static void addStartNotes(
      FunctionDefinition function, Artifact artifact, List<String> notes) {
    String wrapper = function.environment().getOrDefault(ExecWrapper.VARIABLE, "");
    if (!wrapper.isEmpty() && ExecWrapper.of(function, artifact).isEmpty()) {
      notes.add(
          ExecWrapper.VARIABLE
              + " is not run: neither the code nor a layer of the template brings "
              + wrapper);
    }
    if (function.environment().getOrDefault("JAVA_TOOL_OPTIONS", "").contains("/opt/")) {
      notes.add(
          "JAVA_TOOL_OPTIONS names files of a layer, which are not there (--env"
              + " JAVA_TOOL_OPTIONS=)");
    }
  }

  /** What the user gives, else what the template says, else what the handler takes. */
  private LongFunction<String> event(
      FunctionDefinition function, Artifact artifact, List<String> notes) {
    if (events.isPresent()) {
      return events.get();
    }
    if (!function.hasEmptyEvent()) {
      return function::sampleEvent;
    }
    Optional<EventSource> taken = artifact.handlerEvent();
    if (taken.isPresent()) {
      notes.add(
          "the template has no event source that is known: the event is the %s that the handler takes"
              .formatted(taken.get().type()));
      return taken.get()::sampleEvent;
    }
    notes.add("the template has no event source that is known: the event is {} (--event FILE)");
    return n -> "{}";
  }

  private UserError noJdk(String runtime) {
    return new UserError(
        "there is no JDK for %s, nor a newer one: here are %s (--jdk N=DIR)"
            .formatted(runtime, jdks.releases()));
  }

  /**
   * Insists on every function: for when the user has named them.
   *
   * @throws UserError for the first that cannot be run
   */
  void requireAll() {
    notRun.forEach(
        (logicalId, reason) -> {
          throw new UserError("function '" + logicalId + "' cannot be run\n" + reason);
        });
  }

  /**
   * What was found.
   *
   * @param attachesGuard whether functions without a guard get one
   * @param backends what stands behind the proxies
   * @param options what the user said of the functions
   * @throws UserError when no function can be run
   */
  Project project(boolean attachesGuard, Backends backends, List<String> options) {
    if (runnable.isEmpty()) {
      throw new UserError(
          template.file()
              + ": none of its functions can be run\n"
              + notRun.values().stream()
                  .distinct()
                  .limit(MOST_REASONS)
                  .collect(Collectors.joining("\n")));
    }
    return new Project(
        template, List.copyOf(runnable), prepared, notRun, attachesGuard, backends, options);
  }
}
