package io.leakguard.junit;

import io.leakguard.LeakCheck;
import io.leakguard.LeakScope;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Checks a run, and tells the check which test or class runs on which thread.
 *
 * <p>Nothing is thrown from here: the launcher would swallow it.
 */
final class RunListener implements TestExecutionListener {
  private final Map<String, LeakScope.Part> parts = new ConcurrentHashMap<>();
  private volatile LeakScope scope;
  private Verdicts verdicts;
  private volatile Throwable failure;

  @Override
  public void testPlanExecutionStarted(TestPlan plan) {
    Options options = new Options(List.of(), plan.getConfigurationParameters()::get);
    if (!options.isOn(Options.RUN)) {
      return;
    }
    try {
      LeakCheck check = options.check();
      verdicts = new Verdicts(options.policy(), options.baseline());
      SelfTest.of(check);
      scope = check.begin("the test run", null);
      CheckedRun.is(scope);
    } catch (RuntimeException | AssertionError e) {
      failed(e);
    }
  }

  @Override
  public void executionStarted(TestIdentifier test) {
    String name = name(test);
    LeakScope run = scope;
    if (run != null && !name.isEmpty()) {
      parts.put(test.getUniqueId(), run.part(name));
    }
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    LeakScope.Part part = parts.remove(test.getUniqueId());
    if (part != null) {
      part.end();
    }
  }

  @Override
  public void testPlanExecutionFinished(TestPlan plan) {
    LeakScope run = scope;
    if (run == null) {
      return;
    }
    scope = null;
    CheckedRun.is(null);
    try {
      verdicts.pass(run.end(), null);
    } catch (RuntimeException | AssertionError e) {
      failed(e);
    }
  }

  private void failed(Throwable e) {
    System.err.println("LeakGuard: " + e.getMessage());
    if (failure == null) {
      failure = e;
    } else {
      failure.addSuppressed(e);
    }
  }

  void throwIfFailed() {
    if (failure instanceof Error error) {
      throw error;
    }
    if (failure instanceof RuntimeException exception) {
      throw exception;
    }
  }

  private static String name(TestIdentifier test) {
    var source = test.getSource().orElse(null);
    if (source instanceof MethodSource method) {
      return method.getClassName() + "." + method.getMethodName() + "()";
    }
    if (source instanceof ClassSource type) {
      return type.getClassName();
    }
    return test.isTest() ? test.getDisplayName() : "";
  }
}
