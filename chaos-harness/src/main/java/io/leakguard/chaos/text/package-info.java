/** Helps with what people type. */
package io.leakguard.chaos.text;
