/**
 * Says what a thread is and what it waits for, from its name, state and frames alone: {@link
 * io.leakguard.diagnosis.ThreadFacts} are the input, {@link io.leakguard.diagnosis.Family}, {@link
 * io.leakguard.diagnosis.Owner}, {@link io.leakguard.diagnosis.Fingerprint}, {@link
 * io.leakguard.diagnosis.Diagnosis} and {@link io.leakguard.diagnosis.Ending} the answers, {@link
 * io.leakguard.diagnosis.ThreadDump} their text. {@link io.leakguard.diagnosis.LockOwners} alone
 * asks the JVM for more.
 *
 * <p>It knows neither Lambda nor metrics, so a tool that looks at another process can use it too.
 */
package io.leakguard.diagnosis;
