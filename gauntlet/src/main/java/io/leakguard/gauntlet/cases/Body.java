package io.leakguard.gauntlet.cases;

/** What the handler of a case does in one invocation. */
@FunctionalInterface
public interface Body {
  /**
   * Runs one invocation.
   *
   * @param invocation its number, from 1
   * @throws HandlerFailure where the case is about a handler that fails
   * @throws Exception where the case itself is broken
   */
  void invoke(int invocation) throws Exception;
}
