package io.leakguard;

import io.leakguard.diagnosis.Fingerprint;
import java.util.List;

/**
 * Watches the memory of direct buffers, once there is a reason to.
 *
 * <p>Memory has no identity and pools of buffers take it in even steps, so twice as many rises are
 * asked for as elsewhere, counted in MiB. Not thread-safe.
 */
final class MemoryWatch {
  private static final int EACH = 4;
  private static final int FACTOR = 2;
  private static final String KEY = "direct memory (MiB)";

  private final NativeMemory process;
  private Growth growth;
  private long looks;

  MemoryWatch(NativeMemory process) {
    this.process = process;
  }

  /**
   * Looks at the end of an invocation and adds what is new.
   *
   * @param managementLoaded true where asking the JVM costs nothing to speak of
   */
  void look(long invocation, boolean managementLoaded, List<ResourceNews> news) {
    looks++;
    if (growth == null) {
      if (!managementLoaded && !isSuspected()) {
        return;
      }
      growth = new Growth(new Slope(FACTOR));
    }
    int level = DirectMemory.mib();
    if (level >= 0) {
      judge(level, invocation, news);
    }
  }

  private boolean isSuspected() {
    if (looks == 1) {
      process.settle();
    }
    return looks % EACH == 0 && process.hasGrown();
  }

  private void judge(int level, long invocation, List<ResourceNews> news) {
    Verdict verdict = growth.judge(level, invocation, false);
    if (verdict != null) {
      news.add(
          new ResourceNews(
              "memory",
              KEY,
              "",
              level,
              growth.slope().perInvocation(),
              verdict,
              Fingerprint.ofText(KEY).value(),
              ResourceDiagnosis.ofDirectMemory()));
    }
  }

  boolean isSuspicious() {
    return growth != null && growth.isSuspicious();
  }
}
