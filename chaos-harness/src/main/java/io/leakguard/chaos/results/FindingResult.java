package io.leakguard.chaos.results;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * One thing that a function leaves behind. Texts and lists are never null: empty is unknown.
 *
 * @param kind {@code thread}, {@code socket}, {@code descriptor}, {@code backlog}, {@code
 *     duplicate} or {@code virtual-thread}
 * @param fingerprint the guard's, for threads
 * @param family threads: the name without its numbers; else what there is more and more of
 * @param perInvocation how many more after each invocation, or null
 * @param heals whether it was gone at the end of the recovery phase, or null
 * @param alive how many there were at last, or null
 * @param state thread state or TCP state
 * @param stack innermost frame first
 * @param createdBy who started it, one frame a line
 * @param diagnosis what it means and what to change
 * @param requestId an invocation that left one
 * @param accepted why and until when it is accepted; null when it is not
 */
public record FindingResult(
    String kind,
    String fingerprint,
    String family,
    Double perInvocation,
    Boolean heals,
    Integer alive,
    String state,
    List<String> stack,
    String createdBy,
    String diagnosis,
    String requestId,
    Acceptance accepted) {
  private static final int FINGERPRINT_BYTES = 6;

  public FindingResult {
    kind = Absent.text(kind);
    fingerprint = Absent.text(fingerprint);
    family = Absent.text(family);
    state = Absent.text(state);
    stack = Absent.list(stack);
    createdBy = Absent.text(createdBy);
    diagnosis = Absent.text(diagnosis);
    requestId = Absent.text(requestId);
  }

  /**
   * What it is known by in other runs: the guard's fingerprint, else one of its kind and family.
   */
  public String key() {
    return fingerprint.isEmpty() ? fingerprintOf(kind, family) : fingerprint;
  }

  /** Whether an accept list names it and has not expired. */
  public boolean isAccepted() {
    return accepted != null;
  }

  /** A fingerprint for what the guard gives none. */
  static String fingerprintOf(String kind, String family) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest((kind + "\n" + family).getBytes(UTF_8));
      return HexFormat.of().formatHex(digest, 0, FINGERPRINT_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}
