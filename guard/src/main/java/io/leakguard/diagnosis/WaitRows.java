package io.leakguard.diagnosis;

import static io.leakguard.diagnosis.DiagnosisTable.row;
import static io.leakguard.diagnosis.Frames.has;

import io.leakguard.diagnosis.Diagnosis.Role;
import io.leakguard.diagnosis.DiagnosisTable.Row;
import java.util.List;

/** Threads that wait for other threads, or for time; the more special row first. */
final class WaitRows {
  private static final String JUC = "java.util.concurrent.";

  static final List<Row> ALL =
      List.of(
          row(
              "latch",
              Role.WORK,
              "waiting for a latch that nobody counts down",
              "the task that should count down failed or was given up before it did",
              "count down in finally, and await with a time limit",
              (state, head) -> has(head, JUC + "CountDownLatch")),
          row(
              "semaphore",
              Role.WORK,
              "waiting for a permit",
              "a permit was acquired and not released, often on an exception",
              "release in finally, and acquire with a time limit",
              (state, head) -> has(head, JUC + "Semaphore")),
          row(
              "barrier",
              Role.WORK,
              "waiting for the other parties of a barrier",
              "a party failed or was never started",
              "await with a time limit",
              (state, head) ->
                  has(head, JUC + "CyclicBarrier")
                      || has(head, JUC + "Phaser")
                      || has(head, JUC + "Exchanger")),
          row(
              "future",
              Role.WORK,
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
              "queue-put",
              Role.WORK,
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
              Role.CONSUMER,
              "waiting for work from a queue",
              "a consumer thread is started per invocation and never told to end",
              "start it once, or interrupt it in finally",
              (state, head) -> head.stream().anyMatch(f -> Frames.isQueue(f.getClassName()))),
          row(
              "condition",
              Role.WORK,
              "waiting for a condition that nobody signals",
              "the signalling code failed or ran before",
              "await with a time limit, and signal in finally",
              (state, head) ->
                  has(head, JUC + "locks.AbstractQueuedSynchronizer$ConditionObject")
                      || has(head, JUC + "locks.AbstractQueuedLongSynchronizer$ConditionObject")),
          row(
              "lock",
              Role.WORK,
              "waiting for a lock that another thread holds",
              "the holder hangs, or did not unlock after an exception",
              "unlock in finally, and use tryLock with a time limit",
              (state, head) ->
                  has(head, JUC + "locks.AbstractQueuedSynchronizer")
                      || has(head, JUC + "locks.AbstractQueuedLongSynchronizer")
                      || has(head, JUC + "locks.StampedLock")),
          row(
              "join",
              Role.WORK,
              "waiting for another thread to end",
              "that thread never ends",
              "join with a time limit, and interrupt the other thread",
              (state, head) -> has(head, "java.lang.Thread", "join")),
          row(
              "sleep",
              Role.SERVICE,
              "sleeping",
              "a loop that polls or refreshes was started and is never told to end",
              "start it once, or interrupt it in finally and leave the loop then",
              (state, head) -> has(head, "java.lang.Thread", "sleep", "sleep0", "sleepNanos")),
          row(
              "monitor-wait",
              Role.WORK,
              "waiting for a notify that does not come",
              "the notifying code failed or ran before",
              "wait with a time limit in a loop over the condition",
              (state, head) -> has(head, "java.lang.Object", "wait", "wait0")),
          row(
              "park",
              Role.WORK,
              "parked until somebody unparks it",
              "the code that should wake it failed or has ended",
              "park with a time limit, or interrupt the thread in finally",
              (state, head) ->
                  has(head, "jdk.internal.misc.Unsafe", "park")
                      || has(head, "java.lang.VirtualThread", "park", "parkNanos")));

  private WaitRows() {}
}
