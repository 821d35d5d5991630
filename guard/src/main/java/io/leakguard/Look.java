package io.leakguard;

import com.amazonaws.services.lambda.runtime.Context;

/**
 * One check that found something to do.
 *
 * @param atEnd true at the end of an invocation, false when the next one is about to begin
 * @param now the number of the newest invocation that has begun
 * @param first the number of the first invocation after the baseline was taken
 * @param thawedNanos the time that invocations took so far: threads do not run in a frozen
 *     environment, so no other time counts for them
 * @param requestId the invocation that ends or that ended last; null where it is not known
 * @param context Lambda's context of the invocation that pays for this check; may be null
 */
record Look(
    boolean atEnd,
    long now,
    long first,
    long thawedNanos,
    String requestId,
    Context context,
    Settings settings,
    Host host) {

  /** Returns the milliseconds that may still be spent; very many where there is no deadline. */
  int remainingMillis() {
    return context == null ? Integer.MAX_VALUE : context.getRemainingTimeInMillis();
  }

  /** SAM local often has no second invocation: what it sees once is told in full and counted. */
  boolean isSamLocal() {
    return "true".equals(host.variable("AWS_SAM_LOCAL"));
  }
}
