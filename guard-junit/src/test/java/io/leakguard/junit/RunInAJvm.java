package io.leakguard.junit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs test classes as build tools do, and prints what became of each test and of the session. */
final class RunInAJvm implements TestExecutionListener {
  private RunInAJvm() {}

  /** Prints one line per test, then {@code session: } and what it failed with. */
  public static void main(String[] classes) {
    System.out.println("junit " + LauncherSession.class.getPackage().getImplementationVersion());
    var request = LauncherDiscoveryRequestBuilder.request();
    for (String name : classes) {
      request.selectors(selectClass(name));
    }
    try (LauncherSession session = LauncherFactory.openSession()) {
      session.getLauncher().execute(request.build(), new RunInAJvm());
    } catch (RuntimeException | AssertionError e) {
      System.out.println("session: " + e.getMessage());
      System.exit(1);
    }
    System.out.println("session: good");
    System.exit(0);
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    if (test.isTest()) {
      String thrown = result.getThrowable().map(Throwable::getMessage).orElse("");
      System.out.println(test.getDisplayName() + " " + result.getStatus() + " " + thrown);
    }
  }
}
