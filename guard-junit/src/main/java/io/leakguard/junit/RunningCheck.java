package io.leakguard.junit;

import io.leakguard.LeakCheck;
import io.leakguard.LeakReport;
import io.leakguard.LeakScope;
import java.lang.reflect.Method;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The check of one test or one class, which ends when JUnit closes its store. */
final class RunningCheck implements AutoCloseable {
  private final ExtensionContext context;
  private final LeakCheck check;
  private final LeakScope scope;
  private final Verdicts verdicts;

  private RunningCheck(
      ExtensionContext context, LeakCheck check, LeakScope scope, Verdicts verdicts) {
    this.context = context;
    this.check = check;
    this.scope = scope;
    this.verdicts = verdicts;
  }

  /**
   * Begins a check.
   *
   * @param around that of the class; null for none
   */
  static RunningCheck begin(
      ExtensionContext context, RunningCheck around, LeakCheck check, Verdicts verdicts) {
    LeakScope within = around == null ? CheckedRun.scope() : around.scope;
    return new RunningCheck(context, check, check.begin(name(context), within), verdicts);
  }

  private static String name(ExtensionContext context) {
    String type = context.getTestClass().map(Class::getName).orElse("");
    Method method = context.getTestMethod().orElse(null);
    if (method == null) {
      return type;
    }
    String shown = context.getDisplayName();
    String name = type + "." + method.getName() + "()";
    return shown.startsWith(method.getName()) ? name : name + " " + shown;
  }

  @Override
  public void close() {
    Throwable failure = context.getExecutionException().orElse(null);
    LeakReport found = scope.end(failure == null ? check.grace() : check.shortened());
    verdicts.pass(found, failure);
  }
}
