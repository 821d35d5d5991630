/** The {@code chaos} command: {@link io.leakguard.chaos.Main} is where it starts. */
package io.leakguard.chaos;
