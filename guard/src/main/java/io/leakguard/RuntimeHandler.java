package io.leakguard;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.api.client.EventHandlerLoader;
import com.amazonaws.services.lambda.runtime.api.client.HandlerInfo;
import com.amazonaws.services.lambda.runtime.api.client.LambdaRequestHandler;
import com.amazonaws.services.lambda.runtime.api.client.LambdaRequestHandler.UserFaultHandler;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Field;
import java.util.Objects;

/**
 * A handler that Lambda's runtime client has loaded: it alone knows every form of a handler, and
 * how events are read and results written.
 *
 * <p>The function's environment brings the client. All that is called here is in every release from
 * 1.0.0 (2020) to 2.10.1 (2026). Called, not reflected: what reflection links on JDK 25 costs three
 * milliseconds of cold start (measured). For the same reason no signature here names a type of the
 * client, and what only a fault needs is in classes of its own.
 */
final class RuntimeHandler {
  private final RequestStreamHandler handler;
  private final Class<?> function;

  private RuntimeHandler(RequestStreamHandler handler, Class<?> function) {
    this.handler = handler;
    this.function = function;
  }

  RequestStreamHandler handler() {
    return handler;
  }

  /**
   * Returns the class that the user named; null where the handler cannot be called, and fails as it
   * would without the guard.
   */
  Class<?> function() {
    return function;
  }

  /** Returns what stands before the last {@code ::}, as the runtime client reads it. */
  static String className(String name) {
    int method = name.lastIndexOf("::");
    return method < 0 ? name : name.substring(0, method);
  }

  /**
   * Loads a handler and creates its object.
   *
   * @param function loads the function's classes
   * @return null if there is no such class
   * @throws IllegalStateException if the client is missing or not as expected
   * @throws RuntimeException if making the class or the object failed, for the client to report
   */
  static RuntimeHandler load(String name, ClassLoader function) {
    requireClient();
    HandlerInfo info;
    try {
      info = HandlerInfo.fromString(name, function);
    } catch (ClassNotFoundException e) {
      return null;
    } catch (Throwable e) {
      return new RuntimeHandler(Faulty.inClass(e, className(name)), null);
    }
    LambdaRequestHandler loaded = EventHandlerLoader.loadEventHandler(info);
    if (loaded instanceof UserFaultHandler) {
      return new RuntimeHandler(Faulty.inObject(loaded), null);
    }
    return new RuntimeHandler(heldBy(loaded), info.clazz);
  }

  /** Asked first: a class that the function lacks must not be taken for a missing client. */
  private static void requireClient() {
    try {
      Objects.requireNonNull(HandlerInfo.class);
    } catch (LinkageError e) {
      throw unexpected(e);
    }
  }

  /** What the client returns takes a request and makes a context anew; what it holds takes ours. */
  private static RequestStreamHandler heldBy(Object loaded) {
    try {
      for (Field field : loaded.getClass().getDeclaredFields()) {
        if (RequestStreamHandler.class.isAssignableFrom(field.getType())) {
          field.setAccessible(true);
          return (RequestStreamHandler) field.get(loaded);
        }
      }
    } catch (IllegalAccessException | RuntimeException e) {
      throw unexpected(e);
    }
    throw unexpected(new NoSuchFieldException("no handler in " + loaded.getClass()));
  }

  private static IllegalStateException unexpected(Throwable e) {
    return new IllegalStateException(
        "GuardedHandler needs Lambda's runtime client with HandlerInfo.fromString,"
            + " EventHandlerLoader.loadEventHandler and a RequestStreamHandler in what it returns;"
            + " without it call LeakGuard.wrap in the handler: "
            + e,
        e);
  }

  /** Cannot be called: each invocation gets the client's own fault. */
  private static final class Faulty implements RequestStreamHandler {
    private final RuntimeException fault;

    private Faulty(RuntimeException fault) {
      this.fault = fault;
    }

    /** The client itself reports a class that lacks another one with the first invocation. */
    static RequestStreamHandler inClass(Throwable thrown, String className) {
      UserFaultHandler failed =
          (UserFaultHandler) LambdaRequestHandler.initErrorHandler(thrown, className);
      if (thrown instanceof NoClassDefFoundError) {
        return new Faulty(failed.fault);
      }
      throw new FaultAtInit(failed.fault);
    }

    static RequestStreamHandler inObject(LambdaRequestHandler loaded) {
      UserFaultHandler failed = (UserFaultHandler) loaded;
      if (failed.fault.fatal) {
        throw new FaultAtInit(failed.fault);
      }
      return new Faulty(failed.fault);
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) {
      throw fault;
    }
  }

  /**
   * Carries the client's own fault out of a constructor. Of what a constructor throws the client
   * makes a new fault, with the type of that exception instead of the user's; but it asks for the
   * message first, and a fault that is thrown then goes to the report as it is.
   */
  private static final class FaultAtInit extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final RuntimeException fault;

    FaultAtInit(RuntimeException fault) {
      super("the handler could not be made", fault);
      this.fault = fault;
    }

    @Override
    public String getLocalizedMessage() {
      throw fault;
    }
  }
}
