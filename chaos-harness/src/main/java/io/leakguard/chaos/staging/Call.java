package io.leakguard.chaos.staging;

import io.leakguard.chaos.verdict.Failure;
import io.leakguard.chaos.verdict.Phase;
import java.util.Optional;

/**
 * One invocation as its caller saw it.
 *
 * @param requestId the invocation; empty where the answer does not say it, or none came
 * @param failure how it failed; empty where it did not, or the caller has given up
 * @param givenUp whether the caller has given up: then nobody knows whether the event arrived
 */
record Call(Phase phase, String requestId, Optional<Failure> failure, boolean givenUp) {}
