package io.leakguard;

import io.leakguard.diagnosis.Diagnosis;
import java.util.List;

/**
 * The news about one group, detached from all threads; both forms of the report are made of it.
 *
 * @param requestId the invocation that left the last of them; null where it is not known
 * @param coldStart true where that was the first invocation of the environment
 * @param threads how many are alive
 * @param names names of the last ones, safe for one line
 * @param owners how many pools or threads of their own they are
 * @param invocations in how many invocations they were left
 * @param state of the last one; null where all have ended
 * @param stack innermost first; empty where only counts are told
 * @param perInvocation threads per invocation since the first one; 0 where that says nothing
 * @param inFull true for the one full report, which is also written for people
 */
record Finding(
    String requestId,
    boolean coldStart,
    Verdict verdict,
    String fingerprint,
    String family,
    int threads,
    List<String> names,
    int owners,
    int invocations,
    Thread.State state,
    List<String> stack,
    Diagnosis diagnosis,
    double perInvocation,
    boolean inFull) {}
