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
 * ignore rules of every guard; namespace and settle time are those of the guard whose invocation
 * reports. A wrapped handler that calls another one counts as one invocation. Immutable and
 * thread-safe; wrapped handlers may run at the same time.
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
    return settings.disabled() ? handler : new GuardedRequestHandler<>(handler, this);
  }

  /**
   * Wraps a stream handler.
   *
   * @param handler the handler to run; not null
   * @return a handler with the same output and exceptions; {@code handler} itself where {@code
   *     LEAKGUARD_DISABLED} is true
   */
  public RequestStreamHandler wrap(RequestStreamHandler handler) {
    Objects.requireNonNull(handler, "handler");
    return settings.disabled() ? handler : new GuardedStreamHandler(handler, this);
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

  /** Never throws: it runs in a finally block, where a throw would replace the handler's own. */
  void end(long ticket, Context context) {
    if (ticket == NO_TICKET) {
      return;
    }
    try {
      monitor.end(ticket, context, settings, host);
    } catch (Throwable failure) {
      monitor.failed(failure, context, host);
    }
  }
}
