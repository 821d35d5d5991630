package io.leakguard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OwnFramesTest {
  private static final StackTraceElement USER = frame("com.acme.Orders");
  private static final StackTraceElement GUARD = frame(GuardedStreamHandler.class.getName());
  private static final StackTraceElement ENTRY = frame(GuardedHandler.class.getName());
  private static final StackTraceElement CLIENT = frame("com.amazonaws.Client");

  private static StackTraceElement frame(String className) {
    return new StackTraceElement(className, "handleRequest", null, 1);
  }

  private static RuntimeException failure(StackTraceElement... trace) {
    RuntimeException failure = new RuntimeException("it");
    failure.setStackTrace(trace);
    return failure;
  }

  @Test
  void cut_guardedHandler_endsWithTheFramesOfTheUser() {
    RuntimeException failure = failure(USER, USER, GUARD, ENTRY, CLIENT);
    OwnFrames.cutFrom(failure);
    assertThat(failure.getStackTrace()).containsExactly(USER, USER);
  }

  @Test
  void cut_guardSwitchedOff_endsWithTheFramesOfTheUser() {
    RuntimeException failure = failure(USER, ENTRY, CLIENT);
    OwnFrames.cutFrom(failure);
    assertThat(failure.getStackTrace()).containsExactly(USER);
  }

  @Test
  void cut_wrappedByTheUserToo_keepsThatFrame() {
    RuntimeException failure = failure(USER, GUARD, USER, GUARD, ENTRY);
    OwnFrames.cutFrom(failure);
    assertThat(failure.getStackTrace()).containsExactly(USER, GUARD, USER);
  }

  @Test
  void cut_otherThreadsException_isLeftAlone() {
    RuntimeException failure = failure(USER, GUARD, CLIENT);
    OwnFrames.cutFrom(failure);
    assertThat(failure.getStackTrace()).containsExactly(USER, GUARD, CLIENT);
  }

  @Test
  void cut_causesAndSuppressed_inARing_areCutToo() {
    RuntimeException failure = failure(USER, ENTRY);
    RuntimeException cause = failure(USER, USER, ENTRY);
    RuntimeException suppressed = failure(ENTRY);
    failure.initCause(cause);
    cause.initCause(failure);
    cause.addSuppressed(suppressed);
    OwnFrames.cutFrom(failure);
    assertThat(cause.getStackTrace()).containsExactly(USER, USER);
    assertThat(suppressed.getStackTrace()).isEmpty();
  }

  @Test
  void cut_hostileException_doesNotThrow() {
    Hostile hostile = new Hostile();
    OwnFrames.cutFrom(hostile);
    assertThat(hostile.asked).isTrue();
  }

  /** Throws when it is looked at. */
  private static final class Hostile extends RuntimeException {
    private static final long serialVersionUID = 1;
    private boolean asked;

    @Override
    public StackTraceElement[] getStackTrace() {
      asked = true;
      throw new IllegalStateException("hostile");
    }
  }
}
