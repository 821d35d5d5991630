package io.leakguard.diagnosis;

import static io.leakguard.diagnosis.DiagnosisTable.row;
import static io.leakguard.diagnosis.Frames.has;

import io.leakguard.diagnosis.Diagnosis.Role;
import io.leakguard.diagnosis.DiagnosisTable.Row;
import java.util.List;

/** Threads that wait for other threads, or for time; the more special row first. */
final class WaitRows {
  private static final String JUC = "java.util.concurrent.";

  /** Primitives that others are made of: only where no row above names what is built on them. */
  static final List<Row> ALL =
      List.of(
          row(
              "join",
              Role.WORK,
              "waiting for another thread to end",
              "that thread never ends",
              "join with a time limit, and interrupt the other thread",
              (state, head) ->
                  has(head, "java.lang.Thread", "join")
                      || has(head, "jdk.internal.misc.ThreadFlock", "awaitAll")),
          row(
              "future",
              Role.WORK,
              "waiting for a result",
              "the task that should complete it failed, hangs, or was never started",
              "use get with a time limit, and cancel the task when it passes",
              (state, head) -> head.stream().anyMatch(Frames::isResult)),
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
              "queue-put",
              Role.WORK,
              "waiting for room in a queue",
              "the consumer of the queue has ended or hangs",
              "offer with a time limit, and end the producer with its consumer",
              (state, head) -> head.stream().anyMatch(WaitRows::isPut)),
          row(
              "queue-take",
              Role.CONSUMER,
              "waiting for work from a queue",
              "a consumer thread is started per invocation and never told to end",
              "start it once, or interrupt it in finally",
              (state, head) -> head.stream().anyMatch(f -> Frames.isQueue(f.getClassName()))),
          row(
              "sleep",
              Role.SERVICE,
              "sleeping",
              "a loop that polls or refreshes was started and is never told to end",
              "start it once, or interrupt it in finally and leave the loop then",
              (state, head) ->
                  has(head, "java.lang.Thread", "sleep", "sleep0", "sleepNanos", "sleepNanos0")),
          row(
              "timed-wait",
              Role.SERVICE,
              "waiting with a time limit, then looking again",
              "a loop that polls or refreshes was started and is never told to end",
              "start it once, or interrupt it in finally and leave the loop then",
              WaitRows::isTimed),
          row(
              "condition",
              Role.WORK,
              "waiting for a condition that nobody signals",
              "the signalling code failed or ran before",
              "await with a time limit, and signal in finally",
              (state, head) -> hasCondition(head)),
          row(
              "lock",
              Role.WORK,
              "waiting for a lock that another thread holds",
              "the holder hangs, or did not unlock after an exception",
              "unlock in finally, and use tryLock with a time limit",
              (state, head) -> hasLock(head)),
          row(
              "spin",
              Role.WORK,
              "spinning: it waits by asking again and again",
              "what it waits for does not come, and it burns the processor of other invocations",
              "wait on a lock, a latch or a queue instead, with a time limit",
              (state, head) -> has(head, "java.lang.Thread", "yield", "yield0", "onSpinWait")),
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
              (state, head) -> isParked(head)),
          row(
              "class-init",
              Role.WORK,
              "loading a class, or waiting for a thread that initialises it",
              "a static initialiser waits for something, and everyone who uses the class with it",
              "keep static initialisers free of anything that waits",
              (state, head) ->
                  has(head, "java.lang.Class", "forName0")
                      || has(head, "jdk.internal.misc.Unsafe", "ensureClassInitialized0")),
          row(
              "starting",
              Role.WORK,
              "at the start of its code, or waiting for a class to initialise",
              "it has just started; if it stays so, a static initialiser that waits for it is why",
              "start no thread in a static initialiser that waits for it",
              (state, head) -> state == Thread.State.RUNNABLE && isAtItsStart(head)));

  /** Instead of a sleep where the sleeping code is a task of a pool or a timer. */
  static final Diagnosis SLEEPING_TASK =
      new Diagnosis(
          "sleeping-task",
          Role.SERVICE,
          "a task that sleeps on a worker of a pool",
          "it polls or retries, and nobody told it to end when its result was given up",
          "schedule the next try instead of sleeping, and cancel the task on timeout");

  private WaitRows() {}

  /** A timed attempt to lock is no loop that looks again: it is work that waits for a holder. */
  private static boolean isTimed(Thread.State state, List<StackTraceElement> head) {
    if (state != Thread.State.TIMED_WAITING) {
      return false;
    }
    return hasCondition(head)
        || has(head, "java.lang.Object", "wait", "wait0")
        || (isParked(head) && !hasLock(head));
  }

  /** A thread that waits in its first call for a class to initialise shows no frame of the wait. */
  private static boolean isAtItsStart(List<StackTraceElement> head) {
    return Frames.isTop(head, "java.lang.Thread", "run")
        || Frames.isTop(head, "java.lang.VirtualThread", "run")
        || (!head.isEmpty() && Frames.isSpun(head.get(0)));
  }

  private static boolean isPut(StackTraceElement frame) {
    String name = frame.getClassName();
    if (name.startsWith(JUC + "SubmissionPublisher")) {
      return true;
    }
    String method = frame.getMethodName();
    boolean puts =
        method.startsWith("put") || method.startsWith("offer") || method.equals("transfer");
    // Inside a queue, taking is a transfer too: only the queue's own methods say which it is.
    return puts && Frames.isQueue(name) && name.indexOf('$') < 0;
  }

  private static boolean hasCondition(List<StackTraceElement> head) {
    return has(head, JUC + "locks.AbstractQueuedSynchronizer$ConditionObject")
        || has(head, JUC + "locks.AbstractQueuedLongSynchronizer$ConditionObject");
  }

  private static boolean hasLock(List<StackTraceElement> head) {
    return has(head, JUC + "locks.AbstractQueuedSynchronizer")
        || has(head, JUC + "locks.AbstractQueuedLongSynchronizer")
        || has(head, JUC + "locks.StampedLock");
  }

  private static boolean isParked(List<StackTraceElement> head) {
    return has(head, JUC + "locks.LockSupport", "park", "parkNanos", "parkUntil")
        || has(head, "java.lang.VirtualThread", "park", "parkNanos")
        || has(head, "jdk.internal.misc.Unsafe", "park");
  }
}
