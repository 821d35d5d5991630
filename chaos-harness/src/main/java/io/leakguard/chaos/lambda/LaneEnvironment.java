package io.leakguard.chaos.lambda;

import io.netty.channel.ChannelHandlerContext;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An environment on Managed Instances: its runtime client has several threads, each asks for events
 * of its own, and their invocations overlap. It is never frozen, and a timeout is reported while
 * the code runs on. It is idle when all its threads ask. Which thread wrote a line is not known: a
 * line is that of the invocation which began last. Confined to the event loop.
 */
final class LaneEnvironment extends Environment {
  private record Flight(Invocation invocation, Future<?> deadline) {}

  private final Map<String, Flight> flights = new LinkedHashMap<>();

  /** Answered by their timeout, while their code runs on. */
  private final Set<String> late = new HashSet<>();

  private final int lanes;

  LaneEnvironment(EnvironmentId id, FunctionQueue function, Host host, int lanes) {
    super(id, function, host);
    this.lanes = lanes;
  }

  @Override
  void polled(ChannelHandlerContext context) {
    if (state == State.ENDED) {
      return;
    }
    if (sandbox == null) {
      // The child was faster than the notice that it was started.
      after(Duration.ofMillis(1), () -> polled(context));
      return;
    }
    cancel(deadline);
    polls.add(context);
    if (state == State.STARTING) {
      state = State.BUSY;
    }
    if (polls.size() == lanes) {
      state = State.OBSERVED;
      observe();
    }
    function.idle(this);
  }

  @Override
  void idle() {
    if (state == State.OBSERVED) {
      state = State.IDLE;
    }
  }

  @Override
  void applyFreeze() {
    // Managed Instances run on between invocations.
  }

  @Override
  boolean deliver(Invocation invocation) {
    if (!sandbox.isAlive() || !polls.isActive()) {
      stop(EnvironmentEnd.EXITED);
      died(137);
      return false;
    }
    state = State.BUSY;
    sandbox.output().begin(invocation.requestId(), false);
    invocation.begin();
    Duration timeout = function.timeout();
    String requestId = invocation.requestId();
    Future<?> limit = after(timeout, () -> timedOut(requestId, timeout));
    flights.put(requestId, new Flight(invocation, limit));
    host.listener().invocationStarted(id, requestId, invocations == 0 && flights.size() == 1);
    RuntimeApi.deliver(polls.take(), invocation, function.arn(), timeout)
        .addListener(
            written -> {
              if (!written.isSuccess()) {
                undelivered(requestId);
              }
            });
    return true;
  }

  private void undelivered(String requestId) {
    Flight flight = flights.remove(requestId);
    if (flight != null) {
      cancel(flight.deadline());
      stop(EnvironmentEnd.CONNECTION_LOST);
      died(137);
      function.again(flight.invocation());
    }
  }

  private void timedOut(String requestId, Duration timeout) {
    late.add(requestId);
    answered(requestId, Outcome.timedOut(requestId, timeout));
  }

  @Override
  boolean knows(String requestId) {
    return flights.containsKey(requestId) || late.contains(requestId);
  }

  @Override
  void answered(String requestId, Outcome outcome) {
    Flight flight = flights.remove(requestId);
    if (flight == null) {
      late.remove(requestId);
    } else {
      cancel(flight.deadline());
      finish(flight.invocation(), outcome);
    }
  }

  private void finish(Invocation invocation, Outcome outcome) {
    sandbox.output().drain();
    InvocationRecord result = invocation.end(function.name(), id, invocations == 0, outcome);
    invocations++;
    host.listener().invocationEnded(result);
    function.ended();
    invocation.caller().ended(result, invocation.wantsTail() ? Http.NOTHING : null);
  }

  @Override
  void died(int status) {
    for (String requestId : List.copyOf(flights.keySet())) {
      answered(requestId, Outcome.exited(requestId, status));
    }
  }
}
