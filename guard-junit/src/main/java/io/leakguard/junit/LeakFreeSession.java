package io.leakguard.junit;

import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Checks a whole run, of any test engine, where {@code leakguard.junit.run} is true: what has been
 * created in it must have ended with it.
 *
 * <p>First it lets a thread leak and looks for it, to prove that it finds leaks. The report names
 * the test or class that created each thread. As no single test can fail for the whole, the session
 * does: build tools then end with an error and its message.
 */
public final class LeakFreeSession implements LauncherSessionListener {
  private final RunListener run = new RunListener();

  /** Made by the launcher. */
  public LeakFreeSession() {}

  @Override
  public void launcherSessionOpened(LauncherSession session) {
    session.getLauncher().registerTestExecutionListeners(run);
  }

  @Override
  public void launcherSessionClosed(LauncherSession session) {
    run.throwIfFailed();
  }
}
