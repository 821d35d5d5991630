package io.leakguard;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/**
 * Takes part in Lambda's snapshots: loads what a report needs before one is taken, and takes the
 * baseline again after a restore.
 *
 * <p>The hooks are those of Lambda's runtime client, to which {@code org.crac} hands on; the client
 * is always there, and {@code org.crac} only where the function brings it and a system property
 * leads it to the client. Both have the same shape, so neither is needed to compile.
 */
final class SnapStart implements InvocationHandler {
  /** The value of {@code AWS_LAMBDA_INITIALIZATION_TYPE} under which snapshots are taken. */
  static final String TYPE = "snap-start";

  private static final String[] HOOKS = {"com.amazonaws.services.lambda.crac.", "org.crac."};

  /** The runtime client holds it weakly and collects garbage before it takes the snapshot. */
  private static Object resource;

  private final LeakMonitor monitor;
  private final Settings settings;
  private final Host host;

  private SnapStart(LeakMonitor monitor, Settings settings, Host host) {
    this.monitor = monitor;
    this.settings = settings;
    this.host = host;
  }

  /** Takes part from now on; all guards of a JVM take part once. */
  static synchronized void takePart(LeakMonitor monitor, Settings settings, Host host) {
    if (resource != null) {
      return;
    }
    SnapStart hooks = new SnapStart(monitor, settings, host);
    for (int i = 0; i < HOOKS.length && resource == null; i++) {
      resource = hooks.register(HOOKS[i]);
    }
    if (resource == null) {
      host.log("LeakGuard: no runtime hooks found; a restore from a snapshot is not noticed");
    }
  }

  private Object register(String hooks) {
    try {
      Class<?> type = Class.forName(hooks + "Resource");
      Object context = Class.forName(hooks + "Core").getMethod("getGlobalContext").invoke(null);
      Object proxy = Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, this);
      Class.forName(hooks + "Context").getMethod("register", type).invoke(context, proxy);
      return proxy;
    } catch (ReflectiveOperationException | LinkageError missing) {
      return null;
    }
  }

  /** Never throws from a hook: the environment would not start. */
  @Override
  public Object invoke(Object proxy, Method method, Object[] arguments) {
    return switch (method.getName()) {
      case "beforeCheckpoint" -> prime();
      case "afterRestore" -> sealAgain();
      case "hashCode" -> System.identityHashCode(proxy);
      case "equals" -> proxy == arguments[0];
      default -> "LeakGuard's part in snapshots";
    };
  }

  private Object prime() {
    try {
      monitor.prime(settings, host);
    } catch (Throwable failure) {
      monitor.failed(failure, null, host);
    }
    return null;
  }

  private Object sealAgain() {
    monitor.sealAgain();
    return null;
  }
}
