package io.leakguard.chaos.lambda;

import io.leakguard.chaos.process.ChildProcess;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A function's environments and the invocations that wait for one. Confined to the event loop, but
 * for the settings and {@link #spawn}.
 *
 * <p>As in Lambda, concurrency is the number of invocations without an answer: one whose
 * environment has answered and not yet asked for the next event counts no more, and a new one waits
 * for that environment instead of being refused.
 */
final class FunctionQueue {
  /** How many events may wait in the background before they are refused. */
  private static final int BACKGROUND = 1000;

  private record Waiting(Invocation invocation, Future<?> expiry) {}

  private final FunctionConfig config;
  private final FunctionOptions options;
  private final ChildCommand command;
  private final Host host;
  private final List<Environment> environments = new ArrayList<>();
  private final Deque<Invocation> accepted = new ArrayDeque<>();
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private final Deque<Invocation> background = new ArrayDeque<>();
  private final Deque<Environment> idle = new ArrayDeque<>();
  private int inFlight;
  private int started;
  private boolean closed;
  private volatile Freeze freeze;
  private volatile Duration timeout;
  private volatile IdleObserver idleObserver;
  private volatile CpuShare cpuShare;

  FunctionQueue(FunctionConfig config, FunctionOptions options, ChildCommand command, Host host) {
    this.config = config;
    this.options = options;
    this.command = command;
    this.host = host;
    this.freeze = options.freeze();
    this.timeout = config.timeout();
    this.cpuShare = config.cpuShare().orElse(null);
  }

  FunctionConfig config() {
    return config;
  }

  String name() {
    return config.name();
  }

  String arn() {
    return FunctionNames.arn(config.name());
  }

  Duration initTimeout() {
    return options.initTimeout();
  }

  Freeze freeze() {
    return freeze;
  }

  void setFreeze(Freeze value) {
    freeze = value;
    host.loop().execute(() -> environments.forEach(Environment::applyFreeze));
  }

  Duration timeout() {
    return timeout;
  }

  void setTimeout(Duration value) {
    timeout = value;
  }

  /** Null for all there is. */
  CpuShare cpuShare() {
    return cpuShare;
  }

  void setCpuShare(CpuShare value) {
    cpuShare = value;
  }

  IdleObserver idleObserver() {
    return idleObserver;
  }

  void setIdleObserver(IdleObserver value) {
    idleObserver = value;
  }

  /** Starts the process of an environment; blocks, and is called off the event loop. */
  ChildProcess spawn(EnvironmentId id, int port) {
    try {
      Path temporary = Files.createTempDirectory(host.scratch(), "tmp-");
      return host.supervisor().spawn(command.command(config, options, id, port, temporary));
    } catch (IOException e) {
      throw new UncheckedIOException("no folder for temporary files", e);
    }
  }

  /** Takes an invocation whose caller waits for the answer. */
  void submit(Invocation invocation) {
    if (closed) {
      refuse(invocation, "The function is being removed.");
    } else if (inFlight < capacity()) {
      accept(invocation);
    } else if (options.overflow() instanceof Overflow.Queue queue) {
      Runnable expire = () -> expire(invocation);
      Future<?> expiry =
          host.loop().schedule(expire, queue.longest().toNanos(), TimeUnit.NANOSECONDS);
      waiting.add(new Waiting(invocation, expiry));
    } else {
      refuse(invocation, "Rate Exceeded.");
    }
  }

  /**
   * Takes an invocation that nobody waits for; it runs when an environment is free of others.
   *
   * @return false when too many wait already
   */
  boolean submitInBackground(Invocation invocation) {
    if (closed || background.size() >= BACKGROUND) {
      host.listener().invocationRejected(name(), invocation.requestId());
      return false;
    }
    background.add(invocation);
    acceptWaiting();
    return true;
  }

  private void expire(Invocation invocation) {
    if (waiting.removeIf(one -> one.invocation() == invocation)) {
      refuse(invocation, "No environment became free in time.");
    }
  }

  private void refuse(Invocation invocation, String why) {
    host.listener().invocationRejected(name(), invocation.requestId());
    invocation.caller().throttled(why);
  }

  private void accept(Invocation invocation) {
    inFlight++;
    invocation.begin();
    accepted.add(invocation);
    dispatch();
  }

  private int capacity() {
    return options.environments() * config.maxConcurrency().orElse(1);
  }

  private void acceptWaiting() {
    while (inFlight < capacity()) {
      Waiting next = waiting.poll();
      Invocation invocation = next == null ? background.poll() : next.invocation();
      if (invocation == null) {
        return;
      }
      if (next != null) {
        next.expiry().cancel(false);
      }
      accept(invocation);
    }
  }

  /** Gives accepted invocations to idle environments, and starts environments for the rest. */
  private void dispatch() {
    while (!accepted.isEmpty() && !idle.isEmpty()) {
      // The one used last: as few as possible are thawed.
      Environment environment = idle.pop();
      Invocation invocation = accepted.poll();
      if (!environment.deliver(invocation)) {
        accepted.addFirst(invocation);
      }
    }
    long coming = environments.stream().filter(Environment::isComing).count();
    while (coming < accepted.size() && environments.size() < options.environments() && !closed) {
      Environment environment = environment(new EnvironmentId(name(), ++started));
      environments.add(environment);
      environment.start();
      coming++;
    }
  }

  private Environment environment(EnvironmentId id) {
    return config.maxConcurrency().isPresent()
        ? new LaneEnvironment(id, this, host, config.maxConcurrency().getAsInt())
        : new Environment(id, this, host);
  }

  /** An environment can take an event. */
  void idle(Environment environment) {
    idle.push(environment);
    dispatch();
  }

  /** An environment could not take the event that it was given. */
  void again(Invocation invocation) {
    accepted.addFirst(invocation);
    dispatch();
  }

  /** An invocation has its answer. */
  void ended() {
    inFlight--;
    if (!waiting.isEmpty() || !background.isEmpty()) {
      // Later, so that the answer is on its way before the next event is.
      host.loop().execute(this::acceptWaiting);
    }
  }

  /** An environment did not come up: that is the answer to the invocation it was started for. */
  void initFailed(Environment environment, Outcome outcome) {
    Invocation invocation = accepted.poll();
    if (invocation != null) {
      endUndelivered(invocation, outcome);
    }
    dispatch();
  }

  private void endUndelivered(Invocation invocation, Outcome outcome) {
    InvocationRecord result = invocation.end(name(), null, true, outcome);
    host.listener().invocationEnded(result);
    ended();
    invocation.caller().ended(result, invocation.wantsTail() ? Http.NOTHING : null);
  }

  /** An environment is no more. Who is left without one gets another. */
  void removed(Environment environment) {
    environments.remove(environment);
    idle.removeIf(one -> one == environment);
    host.loop().execute(this::dispatch);
  }

  List<EnvironmentInfo> environments() {
    return environments.stream().map(Environment::info).filter(info -> info != null).toList();
  }

  /** Whether nothing is under way or waiting and every environment can take an event. */
  boolean isQuiet() {
    return inFlight == 0
        && waiting.isEmpty()
        && background.isEmpty()
        && environments.stream().allMatch(Environment::isIdle);
  }

  boolean isFrozen() {
    return isQuiet()
        && !environments.isEmpty()
        && environments.stream().allMatch(Environment::isStopped);
  }

  /** Kills the environments; the next invocations get new ones. */
  List<Environment> recycle() {
    List<Environment> ended = List.copyOf(environments);
    ended.forEach(Environment::close);
    return ended;
  }

  /** Kills the environments and refuses what waits. */
  List<Environment> close() {
    closed = true;
    List<Environment> ended = recycle();
    while (!accepted.isEmpty()) {
      Outcome outcome = Outcome.initError("Sandbox.Closed", "The function was removed.");
      endUndelivered(accepted.poll(), outcome);
    }
    while (!waiting.isEmpty()) {
      Waiting next = waiting.poll();
      next.expiry().cancel(false);
      refuse(next.invocation(), "The function was removed.");
    }
    background.clear();
    return ended;
  }
}
