/**
 * Child processes that never outlive the run. {@link io.leakguard.chaos.process.Supervisor} starts
 * them; {@link io.leakguard.chaos.process.Vitals} looks at them from outside.
 */
package io.leakguard.chaos.process;
