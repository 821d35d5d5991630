/** All functions of an account at once, by queries over their logs. */
package io.leakguard.chaos.fleet;
