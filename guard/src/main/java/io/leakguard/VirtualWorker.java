package io.leakguard;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The guard's own thread for looks: there when needed, gone ten seconds after the last one. */
final class VirtualWorker implements ThreadFactory {
  static final String NAME = "leakguard-virtual";

  private static final long IDLE_SECONDS = 10;

  private VirtualWorker() {}

  static Executor executor() {
    ThreadPoolExecutor executor =
        new ThreadPoolExecutor(
            1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), new VirtualWorker());
    executor.allowCoreThreadTimeOut(true);
    return executor;
  }

  @Override
  public Thread newThread(Runnable work) {
    return new GuardThread(work, NAME);
  }
}
