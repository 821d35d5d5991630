package io.leakguard.chaos.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A deployed function. Its environments are started when invocations need them. Thread-safe. */
public final class LocalFunction {
  private final FunctionQueue queue;
  private final Host host;

  LocalFunction(FunctionQueue queue, Host host) {
    this.queue = queue;
    this.host = host;
  }

  FunctionQueue queue() {
    return queue;
  }

  /** What was deployed. */
  public FunctionConfig config() {
    return queue.config();
  }

  /**
   * Invokes the function.
   *
   * @param event JSON; not checked
   * @return completes with the result, whatever it is, or with {@link ThrottledException}
   */
  public CompletableFuture<InvocationRecord> invoke(String event) {
    CompletableFuture<InvocationRecord> future = new CompletableFuture<>();
    Invocation.Caller caller =
        new Invocation.Caller() {
          @Override
          public void ended(InvocationRecord result, byte[] logTail) {
            // On another thread: what depends on the future must not run on the event loop.
            future.completeAsync(() -> result, host.workers());
          }

          @Override
          public void throttled(String reason) {
            host.workers()
                .execute(() -> future.completeExceptionally(new ThrottledException(reason)));
          }
        };
    Invocation invocation =
        new Invocation(
            RequestIds.next(), RequestIds.nextTrace(), null, event.getBytes(UTF_8), false, caller);
    host.loop().execute(() -> queue.submit(invocation));
    return future;
  }

  /** Changes when idle environments are frozen; environments that are idle now follow at once. */
  public void setFreeze(Freeze freeze) {
    queue.setFreeze(freeze);
  }

  /**
   * Changes the timeout of the invocations that are delivered from now on.
   *
   * @throws IllegalArgumentException when it is not above zero and at most 15 minutes
   */
  public void setTimeout(Duration timeout) {
    FunctionConfig.requireTimeout(timeout);
    queue.setTimeout(timeout);
  }

  /**
   * Changes the part of a processor that environments get for the invocations that are delivered
   * from now on; null: all there is.
   */
  public void setCpuShare(CpuShare share) {
    queue.setCpuShare(share);
  }

  /** Has environments looked at when they become idle; null: no more. */
  public void setIdleObserver(IdleObserver observer) {
    queue.setIdleObserver(observer);
  }

  /** The environments whose process was started and has not ended. */
  public List<EnvironmentInfo> environments() {
    return onLoop(queue::environments);
  }

  /**
   * Waits until no invocation is under way or waiting and every environment is idle, looked at by
   * the observer.
   *
   * @return false when it has not come to that in time
   */
  public boolean awaitIdle(Duration longest) {
    return await(queue::isQuiet, longest);
  }

  /**
   * Waits until there is an environment and the kernel shows all of them as stopped.
   *
   * @return false when it has not come to that in time
   */
  public boolean awaitFrozen(Duration longest) {
    return await(queue::isFrozen, longest);
  }

  /**
   * Kills all environments, so that the next invocations are cold starts. An invocation that is
   * under way ends as {@link Outcome.Exited}. Returns when the processes are gone.
   */
  public void recycle() {
    LocalLambda.awaitGone(onLoop(queue::recycle));
  }

  private boolean await(Callable<Boolean> condition, Duration longest) {
    long end = System.nanoTime() + longest.toNanos();
    while (!onLoop(condition)) {
      if (System.nanoTime() - end > 0 || Thread.currentThread().isInterrupted()) {
        return false;
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }
    return true;
  }

  private <T> T onLoop(Callable<T> task) {
    return onLoop(host.loop(), task);
  }

  static <T> T onLoop(EventLoop loop, Callable<T> task) {
    return loop.submit(task).syncUninterruptibly().getNow();
  }
}
