package io.leakguard;

import java.util.List;
import java.util.Map;

/**
 * Who created a thread: the invocation or check it belongs to, and the place in the code.
 *
 * <p>Detached from all threads; immutable.
 *
 * @param scope the request id of the invocation, or the name of the check; safe for one line
 * @param number the number that the scope was entered with
 * @param late true where that scope had ended already: a thread that outlived it created this one
 * @param labels what the scope was labelled with at that moment; never null
 * @param createdBy the creating stack, the innermost frame outside the JDK first; at most {@value
 *     #MOST_FRAMES} frames, empty where too many stacks are held already
 * @param parent the name of the creating thread, safe for one line
 */
record Origin(
    String scope,
    long number,
    boolean late,
    Map<String, String> labels,
    List<StackTraceElement> createdBy,
    String parent) {
  static final int MOST_FRAMES = 16;

  Origin {
    labels = Map.copyOf(labels);
    createdBy = List.copyOf(createdBy);
  }
}
