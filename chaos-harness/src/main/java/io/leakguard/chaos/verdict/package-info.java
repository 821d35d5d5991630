/**
 * From what was observed of a function in one failure shape to a verdict on it. Knows nothing of
 * processes, proxies or load. {@link io.leakguard.chaos.verdict.Judge} is the front door.
 */
package io.leakguard.chaos.verdict;
