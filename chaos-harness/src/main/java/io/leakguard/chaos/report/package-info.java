/** What a run found, for people and for programs. Formats only; nothing is decided here. */
package io.leakguard.chaos.report;
