/** Judges the guard from outside: cases in JVMs of their own, read by the lines they print. */
package io.leakguard.gauntlet;
