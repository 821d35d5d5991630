package io.leakguard.diagnosis;

import io.leakguard.diagnosis.Diagnosis.Role;
import java.util.List;
import java.util.function.BiPredicate;

/**
 * The rows from state and frames to cause and fix; the first that matches wins.
 *
 * <p>A row sees only the head of the stack (the waiting and the frame that waits): deeper frames
 * say who called, not what is waited for. Seen on JDK 17.0.15 and 25.0.3, with platform threads
 * and, on 25, virtual ones.
 */
final class DiagnosisTable {
  record Row(Diagnosis diagnosis, BiPredicate<Thread.State, List<StackTraceElement>> matches) {}

  /** Before all others: the frames of a blocked thread say where it goes on, not why it waits. */
  private static final Row BLOCKED =
      row(
          "monitor-blocked",
          Role.WORK,
          "blocked on a monitor that another thread holds",
          "the holder waits for something itself, or two threads lock in opposite order",
          "keep the synchronized part short, and lock in one order",
          (state, head) -> state == Thread.State.BLOCKED);

  /** Pools first: their workers wait on the primitives that the last rows are about. */
  private static final List<List<Row>> TOPICS =
      List.of(List.of(BLOCKED), PoolRows.ALL, IoRows.ALL, WaitRows.ALL);

  /** Not in the table: nothing in the frames says that it waits. */
  private static final Diagnosis RUNNING =
      new Diagnosis(
          "running",
          Role.WORK,
          "running code",
          "work was started and not waited for: after the freeze it runs on in another invocation",
          "wait for it before returning, or cancel it in finally");

  private DiagnosisTable() {}

  static Diagnosis find(ThreadFacts facts) {
    Diagnosis wait = findWait(facts);
    if (isInitialising(facts.frames())) {
      return inInitialiser(wait);
    }
    return wait.kind().equals("sleep") && Frames.isTask(facts.frames())
        ? WaitRows.SLEEPING_TASK
        : wait;
  }

  private static Diagnosis findWait(ThreadFacts facts) {
    List<StackTraceElement> head = Frames.head(facts.frames());
    for (List<Row> topic : TOPICS) {
      for (Row row : topic) {
        if (row.matches().test(facts.state(), head)) {
          return row.diagnosis();
        }
      }
    }
    return RUNNING;
  }

  private static boolean isInitialising(List<StackTraceElement> frames) {
    for (StackTraceElement frame : frames) {
      if (frame.getMethodName().equals("<clinit>")) {
        return true;
      }
    }
    return false;
  }

  /**
   * Threads that use a class while it initialises wait inside the JVM: {@code RUNNABLE}, without a
   * frame of the wait (seen on JDK 17 and 25). Only the initialising thread shows the cause; where
   * two classes wait for each other, both threads do.
   */
  private static Diagnosis inInitialiser(Diagnosis wait) {
    boolean running = wait.equals(RUNNING);
    return new Diagnosis(
        "class-init",
        Role.WORK,
        running
            ? "initialising a class, or waiting for a thread that initialises another"
            : "initialising a class, in it " + wait.waitsFor(),
        "a static initialiser waits, and every thread that uses the class waits for it",
        "keep static initialisers free of anything that waits");
  }

  static Row row(
      String kind,
      Role role,
      String waitsFor,
      String cause,
      String fix,
      BiPredicate<Thread.State, List<StackTraceElement>> matches) {
    return new Row(new Diagnosis(kind, role, waitsFor, cause, fix), matches);
  }
}
