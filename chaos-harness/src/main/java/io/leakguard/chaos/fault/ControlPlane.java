package io.leakguard.chaos.fault;

import eu.rekawek.toxiproxy.ToxiproxyClient;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Calls of the Toxiproxy client with a deadline, which that client has none of: a server whose
 * reader is stuck answers only after 25 seconds, and a dead one never. One call at a time, since
 * the client is not thread-safe. Thread-safe.
 */
final class ControlPlane implements AutoCloseable {
  /** A healthy server answers in a millisecond; the rest is room for a busy machine. */
  private static final Duration DEADLINE = Duration.ofSeconds(5);

  private final ToxiproxyClient client;
  private volatile String failure;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread made = new Thread(task, "toxiproxy-control");
            made.setDaemon(true);
            return made;
          });

  ControlPlane(String host, int port) {
    client = new ToxiproxyClient(host, port);
  }

  /** Lets all calls from now on fail at once: they would only wait. */
  void fail(String why) {
    failure = failure == null ? why : failure;
  }

  /** Why all calls fail; empty while they need not. */
  Optional<String> failure() {
    return Optional.ofNullable(failure);
  }

  /** A call to the server. */
  interface Call<T> {
    T on(ToxiproxyClient client) throws IOException;
  }

  /**
   * Makes a call.
   *
   * @param what what is being done, for the message
   * @throws FaultException when the server refuses or does not answer in time, now or before
   */
  <T> T call(String what, Call<T> call) {
    if (failure != null) {
      throw new FaultException(failure);
    }
    Future<T> answer = thread.submit(() -> call.on(client));
    try {
      return answer.get(DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      answer.cancel(true);
      fail("toxiproxy did not " + what + " within " + DEADLINE.toSeconds() + " s");
      throw new FaultException(failure);
    } catch (ExecutionException e) {
      // The client throws unchecked exceptions for answers it cannot parse.
      throw new FaultException(
          failure().orElse("toxiproxy could not " + what + ": " + e.getCause().getMessage()),
          e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FaultException("interrupted while toxiproxy should " + what);
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
