package io.leakguard;

/** What a thread hands down to the threads it creates. */
sealed interface Lineage permits OriginScope, Creation {
  /** Returns the scope that is charged with what is created here. */
  OriginScope scope();
}
