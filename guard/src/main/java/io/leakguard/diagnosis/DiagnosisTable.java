package io.leakguard.diagnosis;

import static io.leakguard.diagnosis.Frames.has;

import java.util.List;
import java.util.function.BiPredicate;

/**
 * The rows from state and frames to cause and fix; the first that matches wins.
 *
 * <p>A row sees only the head of the stack (the waiting and the frame that waits): deeper frames
 * say who called, not what is waited for. Seen on JDK 17.0.15 and 25.0.3.
 */
final class DiagnosisTable {
  private static final String JUC = "java.util.concurrent.";
  private static final String NIO = "sun.nio.ch.";

  private record Row(
      Diagnosis diagnosis, BiPredicate<Thread.State, List<StackTraceElement>> matches) {}

  private static final List<Row> ROWS =
      List.of(
          row(
              "scheduler",
              "scheduler waiting for the time of its next task",
              "a scheduled pool was created and never shut down",
              "create it once in a static field, or close it in finally",
              (state, head) ->
                  has(head, JUC + "ScheduledThreadPoolExecutor$DelayedWorkQueue")
                      || has(head, JUC + "DelayScheduler")),
          row(
              "idle-pool-worker",
              "idle worker of a pool",
              "a pool is created per invocation and never shut down",
              "make it a static field, or close it in finally",
              (state, head) -> has(head, JUC + "ThreadPoolExecutor", "getTask")),
          row(
              "idle-fork-join-worker",
              "idle worker of a fork-join pool",
              "a fork-join pool is created per invocation and never shut down",
              "use the common pool or a static one, or close it in finally",
              (state, head) -> has(head, JUC + "ForkJoinPool", "awaitWork", "runWorker")),
          row(
              "timer",
              "timer waiting for the time of its next task",
              "a java.util.Timer was created and never cancelled",
              "create it once in a static field, or cancel it in finally",
              (state, head) -> has(head, "java.util.TimerThread")),
          row(
              "http-client",
              "selector of a java.net.http.HttpClient",
              "a client is created per invocation: it ends only when it is collected",
              "keep one client in a static field (JDK 21 or newer can also close it)",
              (state, head) -> has(head, "jdk.internal.net.http.HttpClientImpl$SelectorManager")),
          row(
              "http-response",
              "waiting for an HTTP response",
              "the upstream does not answer and the request has no time limit",
              "set HttpRequest.Builder.timeout below the function's timeout",
              (state, head) -> has(head, "jdk.internal.net.http.HttpClientImpl", "send")),
          row(
              "selector",
              "event loop waiting for its channels",
              "a client or event loop group is created per invocation and never closed",
              "keep one in a static field, or close it in finally",
              (state, head) -> has(head, NIO + "SelectorImpl")),
          row(
              "socket-connect",
              "connecting to a peer that does not answer",
              "the connection attempt has no time limit, or a longer one than the invocation",
              "set a connect timeout below the function's timeout",
              (state, head) ->
                  has(head, NIO + "Net", "connect", "connect0", "pollConnect", "pollConnectNow")
                      || has(head, NIO + "NioSocketImpl", "connect")
                      || has(head, NIO + "SocketChannelImpl", "connect")),
          row(
              "socket-accept",
              "waiting for somebody to connect",
              "a server socket was opened and never closed",
              "close it in finally",
              (state, head) ->
                  has(head, NIO + "Net", "accept") || has(head, NIO + "NioSocketImpl", "accept")),
          row(
              "datagram-receive",
              "waiting for a datagram",
              "a datagram socket is read without a time limit and never closed",
              "set a receive timeout, and close the socket in finally",
              (state, head) -> has(head, NIO + "DatagramChannelImpl")),
          row(
              "socket-write",
              "writing to a peer that does not read",
              "the peer has stopped reading, and writes have no time limit",
              "give the client a call timeout below the function's, and close it on timeout",
              (state, head) ->
                  has(head, NIO + "NioSocketImpl", "write", "implWrite", "tryWrite")
                      || has(head, NIO + "SocketChannelImpl", "write", "implWrite")),
          row(
              "socket-read",
              "blocked on a peer: a socket read",
              "the upstream does not answer; giving up the result does not end the read behind it",
              "set a read timeout below the function's timeout, and cancel the call on timeout",
              (state, head) ->
                  has(head, NIO + "NioSocketImpl", "read", "implRead", "timedRead")
                      || has(head, NIO + "SocketChannelImpl", "read", "implRead")
                      || has(head, NIO + "SocketDispatcher", "read", "read0")),
          row(
              "process-wait",
              "waiting for a child process to end",
              "the process was started and neither ends nor is destroyed",
              "use waitFor with a time limit, and destroy the process in finally",
              (state, head) ->
                  has(head, "java.lang.ProcessImpl", "waitFor")
                      || has(head, "java.lang.ProcessHandleImpl$1", "run")),
          row(
              "pipe-read",
              "reading from a pipe",
              "the writing end is neither written to nor closed",
              "close the writing end in finally; for a child process, destroy it",
              (state, head) ->
                  has(head, "java.io.PipedInputStream") || has(head, "java.io.FileInputStream")),
          row(
              "cleaner",
              "cleaner waiting for objects to be collected",
              "a java.lang.ref.Cleaner is created per invocation",
              "share one Cleaner in a static field",
              (state, head) ->
                  has(head, "jdk.internal.ref.CleanerImpl")
                      || has(head, "java.lang.ref.ReferenceQueue")),
          row(
              "latch",
              "waiting for a latch that nobody counts down",
              "the task that should count down failed or was given up before it did",
              "count down in finally, and await with a time limit",
              (state, head) -> has(head, JUC + "CountDownLatch")),
          row(
              "semaphore",
              "waiting for a permit",
              "a permit was acquired and not released, often on an exception",
              "release in finally, and acquire with a time limit",
              (state, head) -> has(head, JUC + "Semaphore")),
          row(
              "barrier",
              "waiting for the other parties of a barrier",
              "a party failed or was never started",
              "await with a time limit",
              (state, head) ->
                  has(head, JUC + "CyclicBarrier")
                      || has(head, JUC + "Phaser")
                      || has(head, JUC + "Exchanger")),
          row(
              "future",
              "waiting for a result",
              "the task that should complete it failed, hangs, or was never started",
              "use get with a time limit, and cancel the task when it passes",
              (state, head) ->
                  has(head, JUC + "FutureTask", "awaitDone", "get")
                      || has(
                          head,
                          JUC + "CompletableFuture",
                          "waitingGet",
                          "timedGet",
                          "get",
                          "join")),
          row(
              "pool-termination",
              "waiting for a pool to end",
              "a task of that pool hangs, or the pool was not shut down",
              "shut the pool down before, with a time limit, then shutdownNow",
              (state, head) ->
                  has(head, JUC + "ThreadPoolExecutor", "awaitTermination")
                      || has(head, JUC + "ForkJoinPool", "awaitTermination", "close")),
          row(
              "queue-put",
              "waiting for room in a queue",
              "the consumer of the queue has ended or hangs",
              "offer with a time limit, and end the producer with its consumer",
              (state, head) ->
                  head.stream()
                      .anyMatch(
                          f ->
                              Frames.isQueue(f.getClassName())
                                  && f.getMethodName().startsWith("put"))),
          row(
              "queue-take",
              "waiting for work from a queue",
              "a consumer thread is started per invocation and never told to end",
              "start it once, or interrupt it in finally",
              (state, head) -> head.stream().anyMatch(f -> Frames.isQueue(f.getClassName()))),
          row(
              "monitor-blocked",
              "blocked on a monitor that another thread holds",
              "the holder waits for something itself, or two threads lock in opposite order",
              "keep the synchronized part short, and lock in one order",
              (state, head) -> state == Thread.State.BLOCKED),
          row(
              "condition",
              "waiting for a condition that nobody signals",
              "the signalling code failed or ran before",
              "await with a time limit, and signal in finally",
              (state, head) ->
                  has(head, JUC + "locks.AbstractQueuedSynchronizer$ConditionObject")
                      || has(head, JUC + "locks.AbstractQueuedLongSynchronizer$ConditionObject")),
          row(
              "lock",
              "waiting for a lock that another thread holds",
              "the holder hangs, or did not unlock after an exception",
              "unlock in finally, and use tryLock with a time limit",
              (state, head) ->
                  has(head, JUC + "locks.AbstractQueuedSynchronizer")
                      || has(head, JUC + "locks.AbstractQueuedLongSynchronizer")
                      || has(head, JUC + "locks.StampedLock")),
          row(
              "join",
              "waiting for another thread to end",
              "that thread never ends",
              "join with a time limit, and interrupt the other thread",
              (state, head) -> has(head, "java.lang.Thread", "join")),
          row(
              "sleep",
              "sleeping",
              "a loop that polls or refreshes was started and is never told to end",
              "start it once, or interrupt it in finally and leave the loop then",
              (state, head) -> has(head, "java.lang.Thread", "sleep", "sleep0", "sleepNanos")),
          row(
              "monitor-wait",
              "waiting for a notify that does not come",
              "the notifying code failed or ran before",
              "wait with a time limit in a loop over the condition",
              (state, head) -> has(head, "java.lang.Object", "wait", "wait0")),
          row(
              "park",
              "parked until somebody unparks it",
              "the code that should wake it failed or has ended",
              "park with a time limit, or interrupt the thread in finally",
              (state, head) -> has(head, "jdk.internal.misc.Unsafe", "park")),
          row(
              "native",
              "in native code, without a Java frame",
              "a native library started it",
              "close the client that brought the library, or keep one in a static field",
              (state, head) -> head.isEmpty()));

  /** Not in the table: nothing in the frames says that it waits. */
  private static final Diagnosis RUNNING =
      new Diagnosis(
          "running",
          "running code",
          "work was started and not waited for: after the freeze it runs on in another invocation",
          "wait for it before returning, or cancel it in finally");

  private DiagnosisTable() {}

  static Diagnosis find(ThreadFacts facts) {
    List<StackTraceElement> head = Frames.head(facts.frames());
    for (Row row : ROWS) {
      if (row.matches().test(facts.state(), head)) {
        return row.diagnosis();
      }
    }
    return RUNNING;
  }

  private static Row row(
      String kind,
      String waitsFor,
      String cause,
      String fix,
      BiPredicate<Thread.State, List<StackTraceElement>> matches) {
    return new Row(new Diagnosis(kind, waitsFor, cause, fix), matches);
  }
}
