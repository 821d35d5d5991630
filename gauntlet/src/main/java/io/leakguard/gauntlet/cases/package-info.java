/** Handlers that leak, and handlers that do not, by mechanism and by library. */
package io.leakguard.gauntlet.cases;
