package io.leakguard.diagnosis;

/**
 * What threads of one kind have in common: {@code pool-N-thread-N} in {@code
 * java.util.concurrent.ThreadPoolExecutor.getTask}.
 *
 * @param name the thread name with its numbers taken out, safe for one log line
 * @param frame class and method of the first frame that is not the waiting itself, without line;
 *     empty for a thread without Java frames
 */
public record Family(String name, String frame) {

  /** Finds the family of a thread. */
  public static Family of(ThreadFacts facts) {
    return new Family(ThreadNames.withoutNumbers(facts.name()), frameOf(facts));
  }

  private static String frameOf(ThreadFacts facts) {
    if (facts.frames().isEmpty()) {
      return "";
    }
    int own = Frames.firstOwn(facts.frames());
    return Frames.stableName(facts.frames().get(own == facts.frames().size() ? 0 : own));
  }
}
