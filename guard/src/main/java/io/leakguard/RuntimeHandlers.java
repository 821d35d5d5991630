package io.leakguard;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;

/**
 * Loads handlers as Lambda's runtime client does, by the client itself: it alone knows every form
 * of a handler, and how events are read and results written.
 *
 * <p>By reflection, since it is the function's environment that brings the client. All that is
 * asked for here is in every release from 1.0.0 (2020) to 2.10.1 (2026).
 */
final class RuntimeHandlers {
  private static final String CLIENT = "com.amazonaws.services.lambda.runtime.api.client.";

  private RuntimeHandlers() {}

  /**
   * A handler that the client has loaded.
   *
   * @param function the class that the user named; null where the handler cannot be called, and
   *     fails as it would without the guard
   */
  record Loaded(RequestStreamHandler handler, Class<?> function) {}

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
  static Loaded load(String name, ClassLoader function) {
    try {
      return loadByClient(name, function);
    } catch (FaultAtInit fault) {
      throw fault;
    } catch (ReflectiveOperationException | RuntimeException e) {
      throw new IllegalStateException(
          "GuardedHandler needs Lambda's runtime client with HandlerInfo.fromString,"
              + " EventHandlerLoader.loadEventHandler and a RequestStreamHandler in what it returns;"
              + " without it call LeakGuard.wrap in the handler: "
              + e,
          e);
    }
  }

  private static Loaded loadByClient(String name, ClassLoader function)
      throws ReflectiveOperationException {
    Class<?> infoClass = client("HandlerInfo");
    Object info;
    try {
      info =
          infoClass
              .getMethod("fromString", String.class, ClassLoader.class)
              .invoke(null, name, function);
    } catch (InvocationTargetException e) {
      return withoutClass(name, e.getCause());
    }
    Object loaded =
        client("EventHandlerLoader").getMethod("loadEventHandler", infoClass).invoke(null, info);
    RequestStreamHandler handler = held(loaded, RequestStreamHandler.class);
    if (handler != null) {
      return new Loaded(handler, (Class<?>) infoClass.getField("clazz").get(info));
    }
    RuntimeException fault = faultOf(loaded);
    if (fault.getClass().getField("fatal").get(fault).equals(true)) {
      throw new FaultAtInit(fault);
    }
    return new Loaded(new Faulty(fault), null);
  }

  /** The client itself reports a class that lacks another one with the first invocation. */
  private static Loaded withoutClass(String name, Throwable cause)
      throws ReflectiveOperationException {
    if (cause instanceof ClassNotFoundException) {
      return null;
    }
    Object failed =
        client("LambdaRequestHandler")
            .getMethod("initErrorHandler", Throwable.class, String.class)
            .invoke(null, cause, className(name));
    if (cause instanceof NoClassDefFoundError) {
      return new Loaded(new Faulty(faultOf(failed)), null);
    }
    throw new FaultAtInit(faultOf(failed));
  }

  private static RuntimeException faultOf(Object loaded) throws ReflectiveOperationException {
    RuntimeException fault = held(loaded, RuntimeException.class);
    if (fault == null) {
      throw new NoSuchFieldException("neither a handler nor a fault in " + loaded.getClass());
    }
    return fault;
  }

  private static Class<?> client(String name) throws ClassNotFoundException {
    return Class.forName(CLIENT + name);
  }

  /** What the client returns takes a request and makes a context anew; what it holds takes ours. */
  private static <T> T held(Object loaded, Class<T> type) throws IllegalAccessException {
    for (Field field : loaded.getClass().getDeclaredFields()) {
      if (type.isAssignableFrom(field.getType())) {
        field.setAccessible(true);
        return type.cast(field.get(loaded));
      }
    }
    return null;
  }

  /** Cannot be called: each invocation gets the client's own fault. */
  private static final class Faulty implements RequestStreamHandler {
    private final RuntimeException fault;

    Faulty(RuntimeException fault) {
      this.fault = fault;
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
