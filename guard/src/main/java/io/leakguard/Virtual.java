package io.leakguard;

import io.leakguard.diagnosis.ThreadFacts;

/**
 * One virtual thread that was alive when it was looked at; the thread itself is not held.
 *
 * @param id its thread id, never used again by another thread of this JVM
 * @param birth the newest invocation that had begun when it was made; 0 before the first one. Of
 *     births long ago it may be an earlier one, never a later one
 * @param facts its name (mostly empty), state and frames; it has no group
 * @param waitsFor the object it waits for, as class and identity hash; empty where not known, and
 *     always before JDK 25
 */
record Virtual(long id, long birth, ThreadFacts facts, String waitsFor) {

  Virtual bornIn(long invocation) {
    return new Virtual(id, invocation, facts, waitsFor);
  }
}
