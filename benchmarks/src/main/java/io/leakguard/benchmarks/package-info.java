/** What the guard costs: on the clean path, and when an execution environment starts. */
package io.leakguard.benchmarks;
