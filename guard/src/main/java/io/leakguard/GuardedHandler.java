package io.leakguard;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.leakguard.diagnosis.SafeText;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Guards a function without a line of code: the function's handler is this class, and the real
 * handler stands in an environment variable.
 *
 * <pre>{@code
 * Handler: io.leakguard.GuardedHandler::handleRequest
 * Environment:
 *   Variables:
 *     LEAKGUARD_HANDLER: com.acme.Orders::handleRequest
 * }</pre>
 *
 * <p>{@code LEAKGUARD_HANDLER} takes every form that Lambda's handler setting takes: a class that
 * implements {@code RequestHandler} or {@code RequestStreamHandler}, or {@code Class::method} with
 * any signature that Lambda supports. Lambda's own runtime client loads it, so that events,
 * results, errors, context and log are the same as without the guard. Other settings come from the
 * environment, see {@link LeakGuard.Builder}. Thread-safe as far as the real handler is.
 *
 * @see LeakGuard#wrap(RequestStreamHandler)
 */
public final class GuardedHandler implements RequestStreamHandler {
  private static final String VARIABLE = "LEAKGUARD_HANDLER";
  private static final String FORM = " must be package.Class or package.Class::method: ";
  private static final int SHOWN = 300;

  private final RequestStreamHandler guarded;

  /**
   * Loads the handler that {@code LEAKGUARD_HANDLER} names; called by Lambda's runtime client.
   *
   * @throws IllegalArgumentException if {@code LEAKGUARD_HANDLER} is missing, names no class of the
   *     function, or names this class
   * @throws IllegalStateException if Lambda's runtime client is missing or not as expected
   */
  public GuardedHandler() {
    this(Host.system());
  }

  GuardedHandler(Host host) {
    String name = requireName(host.variable(VARIABLE));
    RuntimeHandler loaded = load(name);
    if (loaded == null) {
      throw new IllegalArgumentException(
          VARIABLE + " must name a class of the function: " + SafeText.of(name, SHOWN));
    }
    guarded = loaded.function() == null ? loaded.handler() : guarded(host, loaded);
  }

  private static RuntimeHandler load(String name) {
    try {
      return RuntimeHandler.load(name, functionLoader());
    } catch (IllegalStateException clientNotAsExpected) {
      NextStart.withoutGuard();
      throw clientNotAsExpected;
    } catch (LinkageError clientNotAsExpected) {
      NextStart.withoutGuard();
      // The client would report it with every invocation, and never start again.
      throw new IllegalStateException(
          "GuardedHandler does not know this runtime client: " + clientNotAsExpected,
          clientNotAsExpected);
    }
  }

  /** A guard that cannot be made is no reason for the function not to run. */
  private static RequestStreamHandler guarded(Host host, RuntimeHandler loaded) {
    try {
      return guard(host).wrap(loaded.handler(), loaded.function());
    } catch (Throwable failure) {
      host.log("LeakGuard: the function runs without its guard: " + failure);
      return loaded.handler();
    }
  }

  /** Nobody builds anything here: without a builder a cold start loads two classes less. */
  private static Guard guard(Host host) {
    Settings settings = new EnvironmentSettings(host, true).settings();
    return new Guard(settings, host, LeakMonitor.ofThisJvm());
  }

  private static String requireName(String value) {
    if (value == null) {
      throw new IllegalArgumentException(VARIABLE + FORM + "not set");
    }
    String name = value.strip();
    String className = RuntimeHandler.className(name);
    if (className.isEmpty() || name.endsWith("::")) {
      throw new IllegalArgumentException(VARIABLE + FORM + '"' + SafeText.of(value, SHOWN) + '"');
    }
    if (className.equals(GuardedHandler.class.getName())) {
      throw new IllegalArgumentException(
          VARIABLE + " must name the handler to guard, not the guard: " + name);
    }
    return name;
  }

  /** The runtime client makes its loader of the function's classes the context class loader. */
  private static ClassLoader functionLoader() {
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    return loader == null ? GuardedHandler.class.getClassLoader() : loader;
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    try {
      guarded.handleRequest(input, output, context);
    } catch (Throwable thrown) {
      OwnFrames.cutFrom(thrown);
      throw thrown;
    }
  }
}
