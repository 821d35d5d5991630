package io.leakguard;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.util.Objects;

/**
 * Wraps handlers with settings of its own; made by {@link LeakGuard#builder()}.
 *
 * <p>A wrapped handler returns the same result and throws the same exception as the handler itself,
 * whatever happens inside the guard. The baseline is taken when the first invocation begins and
 * belongs to the execution environment: all wrapped handlers of one JVM share it, together with the
 * ignore rules of every guard. The other settings are those of the guard whose invocation is looked
 * at; what one of them has begun, the recording of creation sites and the breaker, goes on for all,
 * and the dump is written once. A wrapped handler that calls another one counts as one invocation.
 * Immutable and thread-safe; wrapped handlers may run at the same time.
 */
public final class Guard {
  private static final long NO_TICKET = -1;

  private final Settings settings;
  private final LeakMonitor monitor;
  private final Host host;

  Guard(Settings settings, Host host, LeakMonitor monitor) {
    this.settings = settings;
    this.host = host;
    this.monitor = monitor;
    monitor.ignore(settings.ignored());
    if (settings.creationSites() == CreationSites.ALWAYS && !settings.disabled()) {
      monitor.traceOrigins();
    }
    if (!settings.disabled()
        && SnapStart.TYPE.equals(host.variable("AWS_LAMBDA_INITIALIZATION_TYPE"))) {
      SnapStart.takePart(monitor, settings, host);
    }
  }

  /**
   * Wraps a handler.
   *
   * @param handler the handler to run; not null
   * @param <I> the event type
   * @param <O> the result type
   * @return a handler with the same results and exceptions; {@code handler} itself where {@code
   *     LEAKGUARD_DISABLED} is true
   */
  public <I, O> RequestHandler<I, O> wrap(RequestHandler<I, O> handler) {
    Objects.requireNonNull(handler, "handler");
    if (settings.disabled()) {
      return handler;
    }
    monitor.guards(handler.getClass());
    return new GuardedRequestHandler<>(handler, this);
  }

  /**
   * Wraps a stream handler.
   *
   * @param handler the handler to run; not null
   * @return a handler with the same output and exceptions; {@code handler} itself where {@code
   *     LEAKGUARD_DISABLED} is true
   */
  public RequestStreamHandler wrap(RequestStreamHandler handler) {
    return wrap(Objects.requireNonNull(handler, "handler"), handler.getClass());
  }

  /** Wraps a handler that stands before another one: whose frames are the function's own. */
  RequestStreamHandler wrap(RequestStreamHandler handler, Class<?> function) {
    if (settings.disabled()) {
      return handler;
    }
    monitor.guards(function);
    return new GuardedStreamHandler(handler, this);
  }

  /** Never throws, whatever goes wrong: the handler must run. */
  long begin(Context context) {
    try {
      return monitor.begin(context, settings, host);
    } catch (Throwable failure) {
      monitor.failed(failure, context, host);
      return NO_TICKET;
    }
  }

  /**
   * Ends an invocation whose handler returned.
   *
   * @throws LeakException where the policy asks for it, and for no other reason
   */
  void endReturned(long ticket, Context context) {
    String confirmed = end(ticket, context);
    if (confirmed != null && settings.policy() == LeakPolicy.FAIL) {
      throw LeakException.of(confirmed);
    }
  }

  /**
   * Ends an invocation, whatever came of it. Never throws: that would replace the handler's own
   * exception.
   *
   * @return the beginning of the report where a leak was confirmed; null otherwise
   */
  String end(long ticket, Context context) {
    if (ticket == NO_TICKET) {
      return null;
    }
    try {
      return monitor.end(ticket, context, settings, host);
    } catch (Throwable failure) {
      monitor.failed(failure, context, host);
      return null;
    }
  }
}
