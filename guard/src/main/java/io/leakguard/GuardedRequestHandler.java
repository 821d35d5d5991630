package io.leakguard;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;

/** A typed handler between two looks at the live threads. */
final class GuardedRequestHandler<I, O> implements RequestHandler<I, O> {
  private final RequestHandler<I, O> handler;
  private final Guard guard;

  GuardedRequestHandler(RequestHandler<I, O> handler, Guard guard) {
    this.handler = handler;
    this.guard = guard;
  }

  @Override
  public O handleRequest(I input, Context context) {
    long ticket = guard.begin(context);
    O result;
    try {
      result = handler.handleRequest(input, context);
    } catch (Throwable thrown) {
      guard.end(ticket, context);
      throw thrown;
    }
    guard.endReturned(ticket, context);
    return result;
  }
}
