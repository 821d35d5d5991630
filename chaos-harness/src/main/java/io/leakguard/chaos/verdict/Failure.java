package io.leakguard.chaos.verdict;

import java.util.Locale;
import java.util.Optional;

/**
 * How an invocation failed. Immutable; nothing is null.
 *
 * @param kind what happened
 * @param text the same for people, in a few words, with the error where there is one
 */
public record Failure(Kind kind, String text) {
  /** How an invocation with this failure ended, or one with none. */
  public static Outcome outcome(Optional<Failure> failure) {
    return failure
        .map(
            failed ->
                switch (failed.kind()) {
                  case REFUSAL -> Outcome.SUCCEEDED;
                  case HANDLER_ERROR, ERROR_ANSWER -> Outcome.FAILED;
                  case TIMED_OUT -> Outcome.TIMED_OUT;
                  case INIT_FAILED, EXITED, KILLED -> Outcome.CRASHED;
                })
        .orElse(Outcome.SUCCEEDED);
  }

  /** What can happen to an invocation. */
  public enum Kind {
    /** The handler threw, or could not be loaded. */
    HANDLER_ERROR,
    /** The handler answered with a {@code statusCode} of 500 or more. */
    ERROR_ANSWER,
    /** The handler answered with a {@code statusCode} from 400 to 499: it did its work. */
    REFUSAL,
    /** No environment came up. */
    INIT_FAILED,
    /** The JVM ended by itself before it had answered. */
    EXITED,
    /** The environment was killed from outside. */
    KILLED,
    /** The function's timeout passed. */
    TIMED_OUT;

    /** Whether a fault outside of the function is no excuse for it. */
    boolean isNeverRight() {
      return this == INIT_FAILED || this == EXITED;
    }

    /** As programs read it, such as {@code init-failed}. */
    public String code() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
