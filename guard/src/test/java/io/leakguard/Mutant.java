package io.leakguard;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;

/** What a guard could do wrong to an invocation; each shows that a check of the fuzz can fail. */
enum Mutant {
  /** Does nothing wrong. */
  NONE(""),
  /** Returns an equal result at best, never the same. */
  ANOTHER_RESULT("returned "),
  SWALLOWS_EXCEPTION("threw nothing for "),
  ANOTHER_EXCEPTION("threw class java.lang.IllegalCallerException"),
  SUPPRESSES_IN_EXCEPTION("changed the exception "),
  CUTS_TRACE("changed the exception "),
  ANOTHER_CONTEXT("the handler got another input or context"),
  ANOTHER_INPUT("the handler got another input or context"),
  ADDS_TO_OUTPUT("returned other bytes"),
  LOSES_INTERRUPT("the interrupt flag is not the handler's"),
  INTERRUPTS("the interrupt flag is not the handler's");

  private final String fault;

  Mutant(String fault) {
    this.fault = fault;
  }

  /** Returns how what the fuzz says of this mutant begins. */
  String fault() {
    return fault;
  }

  <I> RequestHandler<I, Object> around(RequestHandler<I, Object> guarded) {
    if (this == NONE) {
      return guarded;
    }
    return (event, context) -> {
      Object result = null;
      try {
        result = guarded.handleRequest(event, context(context));
      } catch (Throwable e) {
        rethrow(e);
      } finally {
        touchInterruptFlag();
      }
      return this == ANOTHER_RESULT ? new Object() : result;
    };
  }

  RequestStreamHandler around(RequestStreamHandler guarded) {
    if (this == NONE) {
      return guarded;
    }
    return (InputStream input, OutputStream output, Context context) -> {
      try {
        guarded.handleRequest(
            this == ANOTHER_INPUT ? new ByteArrayInputStream(input.readAllBytes()) : input,
            output,
            context(context));
      } catch (Throwable e) {
        rethrow(e);
      } finally {
        touchInterruptFlag();
      }
      if (this == ADDS_TO_OUTPUT) {
        output.write('\n');
      }
    };
  }

  private Context context(Context context) {
    return this == ANOTHER_CONTEXT ? new FakeContext("another") : context;
  }

  private void rethrow(Throwable thrown) {
    switch (this) {
      case SWALLOWS_EXCEPTION -> {
        return;
      }
      case ANOTHER_EXCEPTION -> throw new IllegalCallerException(thrown.getClass().getName());
      case SUPPRESSES_IN_EXCEPTION -> thrown.addSuppressed(new IllegalStateException("another"));
      case CUTS_TRACE -> thrown.setStackTrace(new StackTraceElement[0]);
      default -> {}
    }
    throw Hostile.<RuntimeException>sneaky(thrown);
  }

  private void touchInterruptFlag() {
    if (this == INTERRUPTS) {
      Thread.currentThread().interrupt();
    } else if (this == LOSES_INTERRUPT) {
      Thread.interrupted();
    }
  }
}
