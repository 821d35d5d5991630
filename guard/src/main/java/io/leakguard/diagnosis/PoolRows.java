package io.leakguard.diagnosis;

import static io.leakguard.diagnosis.DiagnosisTable.row;
import static io.leakguard.diagnosis.Frames.has;
import static io.leakguard.diagnosis.Frames.isTop;

import io.leakguard.diagnosis.Diagnosis.Role;
import io.leakguard.diagnosis.DiagnosisTable.Row;
import java.util.List;

/** Workers, timers and whoever waits for a pool; the more special row first. */
final class PoolRows {
  private static final String JUC = "java.util.concurrent.";

  static final List<Row> ALL =
      List.of(
          row(
              "scheduler",
              Role.CONSUMER,
              "scheduler waiting for the time of its next task",
              "a scheduled pool was created and never shut down",
              "create it once in a static field, or close it in finally",
              (state, head) ->
                  has(head, JUC + "ScheduledThreadPoolExecutor$DelayedWorkQueue")
                      || has(head, JUC + "DelayScheduler")),
          row(
              "idle-pool-worker",
              Role.CONSUMER,
              "idle worker of a pool",
              "a pool is created per invocation and never shut down",
              "make it a static field, or close it in finally",
              (state, head) -> has(head, JUC + "ThreadPoolExecutor", "getTask")),
          row(
              "idle-fork-join-worker",
              Role.CONSUMER,
              "idle worker of a fork-join pool",
              "a fork-join pool is created per invocation and never shut down",
              "use the common pool or a static one, or close it in finally",
              (state, head) -> has(head, JUC + "ForkJoinPool", "awaitWork", "deactivate")),
          row(
              "between-tasks",
              Role.CONSUMER,
              "worker of a pool between two tasks",
              "a pool that is still used; if it stays so, its task waits for a class to initialise",
              "make the pool a static field, or close it in finally",
              (state, head) ->
                  isTop(head, JUC + "ThreadPoolExecutor", "runWorker")
                      || isTop(head, JUC + "ThreadPoolExecutor$Worker", "run")
                      || isTop(head, JUC + "ForkJoinPool", "runWorker", "scan")),
          row(
              "timer",
              Role.SERVICE,
              "timer waiting for the time of its next task",
              "a java.util.Timer was created and never cancelled",
              "create it once in a static field, or cancel it in finally",
              (state, head) -> has(head, "java.util.TimerThread")),
          row(
              "cleaner",
              Role.SERVICE,
              "cleaner waiting for objects to be collected",
              "a java.lang.ref.Cleaner is created per invocation",
              "share one Cleaner in a static field",
              (state, head) ->
                  has(head, "jdk.internal.ref.CleanerImpl")
                      || has(head, "java.lang.ref.ReferenceQueue")),
          row(
              "virtual-threads",
              Role.SERVICE,
              "runs virtual threads for the JVM",
              "the JDK starts it with the first virtual thread or its first I/O",
              "nothing: the JVM has a few of them, however many virtual threads there are",
              (state, head) ->
                  has(head, "jdk.internal.vm.Continuation", "run")
                      || has(head, "sun.nio.ch.Poller", "pollerLoop", "pollLoop", "subPollerLoop")
                      || has(
                          head,
                          "java.lang.VirtualThread",
                          "runContinuation",
                          "unblockVirtualThreads")),
          row(
              "pool-termination",
              Role.WORK,
              "waiting for a pool to end",
              "a task of that pool hangs, or the pool was not shut down",
              "shut the pool down before, with a time limit, then shutdownNow",
              (state, head) ->
                  has(head, JUC + "ThreadPoolExecutor", "awaitTermination")
                      || has(head, JUC + "ThreadPerTaskExecutor", "awaitTermination")
                      || has(
                          head,
                          JUC + "ForkJoinPool",
                          "awaitTermination",
                          "awaitQuiescence",
                          "close")));

  private PoolRows() {}
}
