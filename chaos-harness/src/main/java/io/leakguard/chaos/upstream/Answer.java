package io.leakguard.chaos.upstream;

/**
 * A whole answer.
 *
 * @param status the HTTP status
 * @param bodyBytes the length of a body of filler, or 0 for the body that belongs to the path
 */
public record Answer(int status, int bodyBytes) implements Behaviour.Whole {
  /** What a healthy upstream does. */
  public static final Answer NORMAL = new Answer(200, 0);

  public Answer {
    Rules.status(status);
    Rules.range("bodyBytes", bodyBytes, 0, Rules.LARGEST_BODY);
  }

  /** Whether the caller is told to come back later. */
  boolean throttles() {
    return status == 429;
  }

  @Override
  public String text() {
    return "answers " + status + (bodyBytes == 0 ? "" : " with " + bodyBytes + " bytes of body");
  }
}
