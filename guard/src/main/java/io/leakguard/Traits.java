package io.leakguard;

import io.leakguard.diagnosis.Ending;
import io.leakguard.diagnosis.Family;
import io.leakguard.diagnosis.Fingerprint;
import io.leakguard.diagnosis.Owner;
import io.leakguard.diagnosis.ThreadFacts;

/**
 * What follows from the facts of a thread alone, whichever thread it is.
 *
 * @param family its family
 * @param fingerprint the bug it stands for, if it is one
 * @param ending whether its frames say that it is about to end
 * @param idle whether it waits for work to be handed over
 * @param ofAPool whether a pool of the JDK runs it
 * @param waitsForTask whether it waits for the next task of that pool
 */
record Traits(
    Family family,
    Fingerprint fingerprint,
    Ending ending,
    boolean idle,
    boolean ofAPool,
    boolean waitsForTask) {

  static Traits of(ThreadFacts facts) {
    return new Traits(
        Family.of(facts),
        Fingerprint.of(facts),
        Ending.of(facts),
        Owner.isIdleConsumer(facts),
        Workers.isOfAPool(facts),
        Workers.isWaitingForTask(facts));
  }

  /**
   * Remembers the last traits: a thousand threads that one bug left come one after the other, and
   * share their frames. Not thread-safe.
   */
  static final class Memory {
    private ThreadFacts last;
    private Traits traits;

    Traits of(ThreadFacts facts) {
      if (last == null || !areAlike(last, facts)) {
        traits = Traits.of(facts);
        last = facts;
      }
      return traits;
    }

    void forget() {
      last = null;
      traits = null;
    }

    private static boolean areAlike(ThreadFacts one, ThreadFacts other) {
      return one.frames() == other.frames()
          && one.state() == other.state()
          && differInDigitsOnly(one.name(), other.name());
    }

    /** Digits alone: letters of hexadecimal ids are compared, so that no family is guessed. */
    private static boolean differInDigitsOnly(String one, String other) {
      int i = 0;
      int j = 0;
      while (true) {
        boolean number = false;
        for (; i < one.length() && isDigit(one.charAt(i)); i++) {
          number = true;
        }
        boolean otherNumber = false;
        for (; j < other.length() && isDigit(other.charAt(j)); j++) {
          otherNumber = true;
        }
        if (number != otherNumber) {
          return false;
        }
        if (i == one.length() || j == other.length()) {
          return i == one.length() && j == other.length();
        }
        if (one.charAt(i++) != other.charAt(j++)) {
          return false;
        }
      }
    }

    private static boolean isDigit(char c) {
      return c >= '0' && c <= '9';
    }
  }
}
