package io.leakguard.diagnosis;

import java.nio.charset.StandardCharsets;

/**
 * One bug, one value: the same after a restart and after a deploy that did not touch the code.
 *
 * @param value twelve hexadecimal digits
 */
public record Fingerprint(String value) {
  /** The innermost frames outside the JDK that say which code it is. */
  private static final int OWN_FRAMES = 3;

  private static final long MASK_48_BITS = (1L << 48) - 1;

  /**
   * Hashes the family and the first frames outside the JDK, without lines and compiler numbers.
   *
   * @param facts the thread; not null
   * @return the same for all threads of one bug
   */
  public static Fingerprint of(ThreadFacts facts) {
    Family family = Family.of(facts);
    return ofText(family.name() + '\n' + family.frame() + ownFrames(facts));
  }

  /**
   * Hashes the code alone, whatever the thread is called: threads that are named after their tenant
   * or their order stand in the same code.
   *
   * @param facts the thread; not null
   * @return null for a thread without a frame outside the JDK
   */
  public static Fingerprint ofCode(ThreadFacts facts) {
    String own = ownFrames(facts);
    return own.isEmpty() ? null : ofText(Family.of(facts).frame() + own);
  }

  private static String ownFrames(ThreadFacts facts) {
    StringBuilder frames = new StringBuilder();
    facts.frames().stream()
        .filter(frame -> !Frames.isJdk(frame) && !Frames.isSpun(frame))
        .limit(OWN_FRAMES)
        .forEach(frame -> frames.append('\n').append(Frames.stableName(frame)));
    return frames.toString();
  }

  /**
   * Hashes what tells one bug that is no thread from another.
   *
   * @param identity any text that a restart does not change; not null
   * @return the same for the same text
   */
  public static Fingerprint ofText(String identity) {
    return new Fingerprint(String.format("%012x", fnv(identity) & MASK_48_BITS));
  }

  /** FNV-1a: the JDK's digests cost a provider look-up, and nobody attacks a fingerprint. */
  private static long fnv(String text) {
    long hash = 0xcbf29ce484222325L;
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
    }
    return hash ^ (hash >>> 29);
  }

  @Override
  public String toString() {
    return value;
  }
}
