package io.leakguard;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** A stream handler between two looks at the live threads. */
final class GuardedStreamHandler implements RequestStreamHandler {
  private final RequestStreamHandler handler;
  private final Guard guard;

  GuardedStreamHandler(RequestStreamHandler handler, Guard guard) {
    this.handler = handler;
    this.guard = guard;
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    long ticket = guard.begin(context);
    try {
      handler.handleRequest(input, output, context);
    } catch (Throwable thrown) {
      guard.end(ticket, context);
      throw thrown;
    }
    guard.endReturned(ticket, context);
  }
}
