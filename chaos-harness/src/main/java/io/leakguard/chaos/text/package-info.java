/** Words for people: what they may have meant, and what went wrong with a file. */
package io.leakguard.chaos.text;
