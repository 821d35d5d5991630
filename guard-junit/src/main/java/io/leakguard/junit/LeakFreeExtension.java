package io.leakguard.junit;

import io.leakguard.LeakCheck;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Checks what {@link LeakFree} is on; where extensions are detected automatically and {@code
 * leakguard.junit.run} is true, every test.
 *
 * <p>Thread-safe: it has no state. A check ends when JUnit closes the stores of its test or class:
 * after all {@code @AfterEach} and {@code @AfterAll} methods and after the resources that other
 * extensions put there later.
 */
public final class LeakFreeExtension implements BeforeAllCallback, BeforeEachCallback {
  private static final ExtensionContext.Namespace OWN =
      ExtensionContext.Namespace.create(LeakFreeExtension.class);

  /** Made by JUnit. */
  public LeakFreeExtension() {}

  @Override
  public void beforeAll(ExtensionContext context) {
    begin(context);
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    begin(context);
  }

  private static void begin(ExtensionContext context) {
    var annotations = Annotations.of(context);
    Options options = new Options(annotations, context::getConfigurationParameter);
    if (annotations.isEmpty() && !options.isOn(Options.RUN)) {
      return;
    }
    LeakCheck check = options.check();
    Verdicts verdicts = new Verdicts(options.policy(), options.baseline());
    ExtensionContext.Store store = context.getStore(OWN);
    // Also finds that of the class, which is then the surroundings of this one.
    RunningCheck around = store.get(RunningCheck.class, RunningCheck.class);
    store.put(RunningCheck.class, RunningCheck.begin(context, around, check, verdicts));
  }
}
