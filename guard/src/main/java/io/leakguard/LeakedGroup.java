package io.leakguard;

import io.leakguard.diagnosis.Diagnosis;
import java.util.List;

/**
 * Leaked threads that are one bug: same kind, same code, same place of creation.
 *
 * <p>Detached from the threads, and safe to print: no text holds a line break. Immutable.
 *
 * @param fingerprint twelve hexadecimal digits, the same in every run: of the threads' names
 *     without numbers, their own frames and the innermost frame that created them, without lines
 * @param family their names with the numbers taken out, as {@code pool-N-thread-N}
 * @param names of the threads, as many as there are
 * @param state of one of them
 * @param diagnosis what they wait for, what usually causes that and what to change
 * @param stack of one of them, innermost frame first; empty where it had no frames
 * @param createdBy the stack that created one of them, the innermost frame outside the JDK first;
 *     empty where that is not known
 * @param scope the part of the check that created them, such as a test; empty where not known
 * @param parent the name of the thread that created one of them; empty where not known
 */
public record LeakedGroup(
    String fingerprint,
    String family,
    List<String> names,
    Thread.State state,
    Diagnosis diagnosis,
    List<String> stack,
    List<String> createdBy,
    String scope,
    String parent) {

  /**
   * Copies the lists, so that a group never changes.
   *
   * @param fingerprint twelve hexadecimal digits
   * @param family names without numbers
   * @param names at least one
   * @param state of one thread
   * @param diagnosis of all of them
   * @param stack innermost frame first
   * @param createdBy empty where not known
   * @param scope empty where not known
   * @param parent empty where not known
   */
  public LeakedGroup {
    names = List.copyOf(names);
    stack = List.copyOf(stack);
    createdBy = List.copyOf(createdBy);
  }

  /** {@return how many threads it has, at least one} */
  public int threads() {
    return names.size();
  }
}
