package io.leakguard.chaos.verdict;

import java.util.Locale;

/** Whether threads grow and memory is flat, or both, in one sentence. */
public final class GrowthInWords {
  /** What a thread and its stack's objects on the heap weigh is far less than a leak of buffers. */
  private static final double FLAT_MEGABYTES = 0.05;

  private GrowthInWords() {}

  /** The sentence; empty when the heap was not looked at. */
  public static String of(Judgement judgement) {
    return judgement.memory().map(heap -> of(judgement, heap)).orElse("");
  }

  private static String of(Judgement judgement, Slope memory) {
    String threads = of(judgement.threads(), "threads grow by %.1f per invocation");
    String sockets = of(judgement.sockets(), "sockets grow by %.1f per invocation");
    String counted =
        threads.isEmpty() || sockets.isEmpty() ? threads + sockets : threads + " and " + sockets;
    boolean heap = memory.low() > 0 && memory.perInvocation() > FLAT_MEGABYTES;
    return (counted.isEmpty() ? "threads and sockets stay level" : counted)
        + (heap
            ? String.format(
                Locale.ROOT,
                ", heap after collection grows by %.2f MB per invocation",
                memory.perInvocation())
            : ", heap after collection stays flat");
  }

  private static String of(Slope slope, String words) {
    return slope.grows() ? String.format(Locale.ROOT, words, slope.perInvocation()) : "";
  }
}
