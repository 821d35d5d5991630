package io.leakguard;

import java.io.File;
import java.io.IOException;

/**
 * Has the layer's wrapper start the next JVM of this environment without the guard: Lambda updates
 * its runtimes by itself, and one day this guard may not know the runtime client that it finds.
 *
 * <p>Lambda starts the runtime again where its initialisation has failed, and the folder for
 * temporary files is the same one then.
 */
final class NextStart {
  /** The wrapper looks for this file; a test holds the two against each other. */
  static final String FILE = "leakguard-not-attached";

  private NextStart() {}

  /** Does what it can: this start has failed anyhow. */
  static void withoutGuard() {
    try {
      new File(System.getProperty("java.io.tmpdir"), FILE).createNewFile();
    } catch (IOException | RuntimeException e) {
      // Without a folder to write to the next start fails as this one.
    }
  }
}
