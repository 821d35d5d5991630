package io.leakguard.chaos.lambda;

import io.leakguard.chaos.process.ChildProcess;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * One execution environment: a child JVM, its Runtime API server and the invocation it has.
 * Confined to the event loop, but for {@link #gone}.
 */
class Environment {
  enum State {
    /** Has not asked for an event yet. */
    STARTING,
    /** Has asked for an event; the idle observer looks at it. */
    OBSERVED,
    /** Can take an event; may be frozen. */
    IDLE,
    BUSY,
    /** Has answered and not yet asked for the next event. */
    FINISHING,
    ENDED
  }

  /**
   * The JDK moves what a dead child left in its pipes to memory, beside the notice of its end and
   * without an order between the two: so long a last line may take to show.
   */
  private static final Duration STRAGGLERS = Duration.ofMillis(10);

  final EnvironmentId id;
  final FunctionQueue function;
  final Host host;
  private final CompletableFuture<Void> gone = new CompletableFuture<>();
  State state = State.STARTING;
  private EnvironmentEnd reason = EnvironmentEnd.EXITED;
  private EnvironmentInfo info;
  private Channel server;
  Sandbox sandbox;
  final Polls polls;
  private Invocation current;
  private Outcome.HandlerError initError;
  Future<?> deadline;
  private Future<?> freezing;
  private Runnable held;
  long invocations;

  Environment(EnvironmentId id, FunctionQueue function, Host host) {
    this.id = id;
    this.function = function;
    this.host = host;
    this.polls = new Polls(function.config().maxConcurrency().isPresent());
  }

  EnvironmentInfo info() {
    return info;
  }

  boolean isIdle() {
    return state == State.IDLE;
  }

  /** Whether it will be idle without anything more from outside. */
  boolean isComing() {
    return state == State.STARTING || state == State.OBSERVED || state == State.FINISHING;
  }

  /** Whether it is frozen and the kernel shows it as stopped. */
  boolean isStopped() {
    return sandbox != null && sandbox.isStopped();
  }

  /** Completes when the process is gone and everything it wrote has been read. Thread-safe. */
  CompletableFuture<Void> gone() {
    return gone;
  }

  void start() {
    deadline = after(function.initTimeout(), this::initTimedOut);
    ChannelFuture bound =
        Http.listen(
            host.loop(),
            0,
            (context, head) -> RuntimeApi.tooLarge(this, context, head),
            () -> new RuntimeApi(this));
    bound.addListener(
        done -> {
          if (done.isSuccess()) {
            listening(bound.channel());
          } else {
            notStarted("no port for the Runtime API: " + done.cause().getMessage());
          }
        });
  }

  private void listening(Channel channel) {
    if (state == State.ENDED) {
      channel.close();
      gone.complete(null);
    } else {
      server = channel;
      host.workers().execute(() -> spawn(Http.port(channel)));
    }
  }

  private void spawn(int port) {
    try {
      ChildProcess process = function.spawn(id, port);
      host.loop().execute(() -> spawned(process, port));
    } catch (RuntimeException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      host.loop().execute(() -> notStarted(cause.getMessage()));
    }
  }

  private void spawned(ChildProcess process, int port) {
    info = new EnvironmentInfo(id, process.pid(), port);
    sandbox = new Sandbox(id, process, host.pump(), host.listener());
    host.listener().environmentStarted(info);
    process.exit().thenAccept(status -> host.loop().execute(() -> exited(status)));
    if (state == State.ENDED) {
      sandbox.kill();
    }
  }

  private void notStarted(String message) {
    boolean wanted = state == State.STARTING;
    stop(EnvironmentEnd.EXITED);
    gone.complete(null);
    if (wanted) {
      function.initFailed(this, Outcome.initError("Runtime.InvalidEntrypoint", message));
    }
  }

  private void initTimedOut() {
    String limit = function.initTimeout().toMillis() + " ms";
    stop(EnvironmentEnd.INIT_TIMED_OUT);
    function.initFailed(
        this,
        Outcome.initError(
            "Sandbox.Timedout", "Init timed out: no event was asked for within " + limit));
  }

  /** The runtime client asks for an event. */
  void polled(ChannelHandlerContext context) {
    if (state == State.ENDED) {
      return;
    }
    if (sandbox == null) {
      // The child was faster than the notice that it was started.
      after(Duration.ofMillis(1), () -> polled(context));
      return;
    }
    if (state == State.BUSY) {
      answered(current.requestId(), Outcome.noAnswer(current.requestId()));
    }
    polls.add(context);
    cancel(deadline);
    tellHeld();
    current = null;
    sandbox.output().end();
    state = State.OBSERVED;
    observe();
  }

  final void observe() {
    IdleObserver observer = function.idleObserver();
    if (observer == null) {
      idle();
      return;
    }
    long count = invocations;
    host.workers()
        .execute(
            () -> {
              look(observer, count);
              host.loop().execute(this::idle);
            });
  }

  private void look(IdleObserver observer, long count) {
    try {
      observer.idle(info, count);
    } catch (RuntimeException e) {
      System.getLogger(Environment.class.getName())
          .log(System.Logger.Level.WARNING, "the idle observer failed on " + id + ": " + e);
    }
  }

  void idle() {
    if (state == State.OBSERVED) {
      state = State.IDLE;
      function.idle(this);
      applyFreeze();
    }
  }

  /** Freezes, thaws or does so later, as the function's setting wants it now. */
  void applyFreeze() {
    if (state != State.IDLE) {
      return;
    }
    cancel(freezing);
    if (!(function.freeze() instanceof Freeze.After after)) {
      sandbox.thaw();
    } else if (after.idle().isZero()) {
      freeze();
    } else {
      freezing = after(after.idle(), this::freeze);
    }
  }

  private void freeze() {
    if (state == State.IDLE) {
      sandbox.freeze();
    }
  }

  /**
   * Hands an event to the idle environment.
   *
   * @return false when it turns out to be dead; it is stopped then
   */
  boolean deliver(Invocation invocation) {
    if (!sandbox.isAlive() || !polls.isActive()) {
      stop(EnvironmentEnd.EXITED);
      return false;
    }
    cancel(freezing);
    sandbox.output().begin(invocation.requestId(), invocation.wantsTail());
    sandbox.thaw();
    state = State.BUSY;
    sandbox.starve(function.cpuShare(), host.loop(), () -> state == State.BUSY);
    current = invocation;
    invocation.begin();
    Duration timeout = function.timeout();
    deadline = after(timeout, () -> timedOut(timeout));
    host.listener().invocationStarted(id, invocation.requestId(), invocations == 0);
    RuntimeApi.deliver(polls.take(), invocation, function.arn(), timeout)
        .addListener(
            written -> {
              if (!written.isSuccess()) {
                undelivered(invocation);
              }
            });
    return true;
  }

  private void undelivered(Invocation invocation) {
    if (current == invocation && state == State.BUSY) {
      current = null;
      stop(EnvironmentEnd.CONNECTION_LOST);
      function.again(invocation);
    }
  }

  /** Whether the id is that of the invocation it has or has just answered. */
  boolean knows(String requestId) {
    return current != null && current.requestId().equals(requestId);
  }

  /** An answer or an error; a second one for the same invocation changes nothing. */
  void answered(String requestId, Outcome outcome) {
    if (state == State.BUSY && knows(requestId)) {
      state = State.FINISHING;
      finish(outcome);
    }
  }

  /** The runtime client could not load the handler; it ends itself after that. */
  void initFailed(Outcome.HandlerError error) {
    initError = error;
  }

  private void timedOut(Duration timeout) {
    if (state == State.BUSY) {
      Invocation invocation = current;
      Outcome outcome = Outcome.timedOut(invocation.requestId(), timeout);
      stop(EnvironmentEnd.TIMED_OUT);
      finish(outcome);
    } else {
      stop(EnvironmentEnd.HUNG);
    }
  }

  private void finish(Outcome outcome) {
    sandbox.output().drain();
    Invocation invocation = current;
    InvocationRecord result = current.end(function.name(), id, invocations == 0, outcome);
    invocations++;
    host.listener().invocationEnded(result);
    function.ended();
    if (invocation.wantsTail() && state == State.FINISHING) {
      // The client logs an error after it has reported it: the log is whole at the next poll.
      held = () -> tell(invocation, result);
    } else {
      tell(invocation, result);
    }
  }

  private void tell(Invocation invocation, InvocationRecord result) {
    LogTail tail = sandbox.output().takeTail();
    byte[] log = tail == null ? null : Reports.finish(tail, result, info, function.config());
    invocation.caller().ended(result, log);
  }

  private void tellHeld() {
    if (held != null) {
      sandbox.output().drain();
      Runnable answer = held;
      held = null;
      answer.run();
    }
  }

  /** A connection of the child to the Runtime API has closed. */
  void connectionLost(ChannelHandlerContext context) {
    if (polls.isLastLost(context) && (state == State.IDLE || state == State.OBSERVED)) {
      stop(EnvironmentEnd.CONNECTION_LOST);
    }
  }

  private void exited(int status) {
    if (state == State.BUSY || state == State.STARTING) {
      after(STRAGGLERS, () -> diedAtWork(status));
    } else {
      stop(EnvironmentEnd.EXITED);
    }
    after(STRAGGLERS.multipliedBy(5), () -> bury(status));
  }

  private void diedAtWork(int status) {
    State was = state;
    stop(EnvironmentEnd.EXITED);
    if (was == State.BUSY) {
      died(status);
    } else if (was == State.STARTING) {
      sandbox.output().drain();
      function.initFailed(
          this,
          initError == null
              ? Outcome.initError("Runtime.ExitError", Outcome.describeExit(status))
              : new Outcome.InitError(initError.type(), initError.message(), initError.body()));
    }
  }

  /** The process is gone, and with it the work it had. */
  void died(int status) {
    finish(Outcome.exited(current.requestId(), status));
  }

  private void bury(int status) {
    sandbox.bury();
    host.listener().environmentEnded(info, reason, status);
    gone.complete(null);
  }

  /** Kills it. An invocation that it has stays unanswered: the caller of this deals with it. */
  final void stop(EnvironmentEnd why) {
    if (state == State.ENDED) {
      return;
    }
    state = State.ENDED;
    reason = why;
    tellHeld();
    cancel(deadline);
    cancel(freezing);
    function.removed(this);
    if (server != null) {
      server.close();
    }
    if (sandbox != null) {
      sandbox.kill();
    }
  }

  /** Kills it; an invocation that it has ends as one whose process was killed. */
  void close() {
    boolean busy = state == State.BUSY;
    stop(EnvironmentEnd.CLOSED);
    if (busy) {
      died(137);
    }
  }

  final Future<?> after(Duration delay, Runnable task) {
    return host.loop().schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
  }

  static void cancel(Future<?> task) {
    if (task != null) {
      task.cancel(false);
    }
  }
}
