package io.leakguard.gauntlet.cases;

/** What a handler's class does before the first invocation: its constructor and static state. */
@FunctionalInterface
public interface SetUp {
  /** Returns what runs in each invocation. */
  Body prepare() throws Exception;
}
