package io.leakguard.gauntlet.cases;

import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;

/** What JDK 21 added, for sources that compile on 17. */
final class Since21 {
  private Since21() {}

  static Thread startVirtual(Threads.Task task) {
    return (Thread)
        call(Thread.class, "startVirtualThread", Runnable.class, Threads.unchecked(task));
  }

  static ExecutorService threadPerTask(ThreadFactory factory) {
    return (ExecutorService)
        call(Executors.class, "newThreadPerTaskExecutor", ThreadFactory.class, factory);
  }

  static ExecutorService virtualThreadPerTask() {
    try {
      return (ExecutorService)
          Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("virtual threads need JDK 21", e);
    }
  }

  private static Object call(Class<?> owner, String method, Class<?> type, Object argument) {
    try {
      return owner.getMethod(method, type).invoke(null, argument);
    } catch (InvocationTargetException e) {
      throw new IllegalStateException(e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(method + " needs JDK 21", e);
    }
  }
}
