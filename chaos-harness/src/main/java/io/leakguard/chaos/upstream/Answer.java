package io.leakguard.chaos.upstream;

/**
 * How the upstream answers.
 *
 * @param status the HTTP status
 * @param bodyBytes the length of a body of filler, or 0 for the body that belongs to the path
 */
public record Answer(int status, int bodyBytes) {
  /** What a healthy upstream does. */
  public static final Answer NORMAL = new Answer(200, 0);

  public Answer {
    if (status < 100 || status > 599) {
      throw new IllegalArgumentException("status must be from 100 to 599: " + status);
    }
    if (bodyBytes < 0) {
      throw new IllegalArgumentException("bodyBytes must not be negative: " + bodyBytes);
    }
  }
}
