/**
 * Says what a thread is and what it waits for, from its name, state and frames alone: {@link
 * io.leakguard.diagnosis.ThreadFacts} are the input, {@link io.leakguard.diagnosis.Family}, {@link
 * io.leakguard.diagnosis.Owner}, {@link io.leakguard.diagnosis.Fingerprint} and {@link
 * io.leakguard.diagnosis.Diagnosis} the answers.
 *
 * <p>It knows neither Lambda nor metrics, so a tool that looks at another process can use it too.
 */
package io.leakguard.diagnosis;
