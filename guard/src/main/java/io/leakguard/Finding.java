package io.leakguard;

import io.leakguard.diagnosis.Diagnosis;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The news about one group, detached from all threads; both forms of the report are made of it.
 *
 * @param kind what it is about
 * @param requestId the invocation that left the last of them; null where it is not known
 * @param coldStart true where that was the first invocation of the environment
 * @param threads how many are alive
 * @param names names of the last ones, safe for one line
 * @param owners how many pools or threads of their own they are
 * @param invocations in how many invocations they were left
 * @param nonDaemon how many of them keep the JVM alive when the runtime has ended
 * @param state of the last one; null where all have ended
 * @param stack innermost first; empty where only counts are told
 * @param createdBy the stack that started the last of them, innermost first; empty where unknown
 * @param labels what the invocation that started it was labelled with
 * @param ageInvocations invocations since the first of them was left
 * @param age time in which the environment was not frozen since then
 * @param perInvocation threads per invocation since the first one; 0 where that says nothing
 * @param inFull true for the one full report, which is also written for people
 */
record Finding(
    Kind kind,
    String requestId,
    boolean coldStart,
    Verdict verdict,
    String fingerprint,
    String family,
    int threads,
    List<String> names,
    int owners,
    int invocations,
    int nonDaemon,
    Thread.State state,
    List<String> stack,
    List<String> createdBy,
    Map<String, String> labels,
    Diagnosis diagnosis,
    long ageInvocations,
    Duration age,
    double perInvocation,
    boolean inFull) {}
