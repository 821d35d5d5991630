/**
 * Puts the guard around functions that know nothing of it, in the copy of their code that a run
 * makes. {@link io.leakguard.chaos.attach.GuardAttachment} is the front door.
 */
package io.leakguard.chaos.attach;
