/**
 * The two functions that a chaos run checks itself with: one that must never be found leaking, and
 * one that must always be.
 */
package io.leakguard.controls;
