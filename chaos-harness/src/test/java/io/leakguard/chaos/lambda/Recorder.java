package io.leakguard.chaos.lambda;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** Keeps what it hears, but for floods. */
final class Recorder implements EnvironmentListener {
  record Line(EnvironmentId environment, String requestId, String text, boolean framed) {}

  record End(EnvironmentInfo environment, EnvironmentEnd reason, int status) {}

  private final List<Line> lines = new CopyOnWriteArrayList<>();
  private final List<End> ends = new CopyOnWriteArrayList<>();
  private final List<EnvironmentInfo> started = new CopyOnWriteArrayList<>();
  private final List<InvocationRecord> invocations = new CopyOnWriteArrayList<>();
  private final Map<String, Integer> running = new ConcurrentHashMap<>();
  private final AtomicLong characters = new AtomicLong();

  @Override
  public void environmentStarted(EnvironmentInfo environment) {
    started.add(environment);
  }

  @Override
  public void environmentEnded(EnvironmentInfo environment, EnvironmentEnd reason, int status) {
    ends.add(new End(environment, reason, status));
  }

  @Override
  public void invocationStarted(EnvironmentId environment, String requestId, boolean coldStart) {
    running.merge(environment.function(), 1, Integer::sum);
  }

  /** How many events were delivered to the function. */
  int delivered(LocalFunction function) {
    return running.getOrDefault(function.config().name(), 0);
  }

  @Override
  public void invocationEnded(InvocationRecord invocation) {
    invocations.add(invocation);
  }

  @Override
  public void logLine(EnvironmentId environment, String requestId, String line, boolean framed) {
    characters.addAndGet(line.length());
    if (line.length() < 1000) {
      lines.add(new Line(environment, requestId, line, framed));
    }
  }

  List<EnvironmentInfo> started(LocalFunction function) {
    String name = function.config().name();
    return started.stream().filter(one -> one.id().function().equals(name)).toList();
  }

  List<InvocationRecord> invocations(LocalFunction function) {
    String name = function.config().name();
    return invocations.stream().filter(one -> one.function().equals(name)).toList();
  }

  List<End> ends(LocalFunction function) {
    String name = function.config().name();
    return ends.stream().filter(one -> one.environment().id().function().equals(name)).toList();
  }

  List<Line> lines(String requestId) {
    return lines.stream().filter(line -> requestId.equals(line.requestId())).toList();
  }

  /** What was written while no invocation was under way. */
  List<String> idleLines() {
    return lines.stream().filter(line -> line.requestId() == null).map(Line::text).toList();
  }

  long characters() {
    return characters.get();
  }
}
