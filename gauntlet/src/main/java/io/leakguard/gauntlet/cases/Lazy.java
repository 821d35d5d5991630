package io.leakguard.gauntlet.cases;

import java.util.concurrent.Callable;

/** A static field that is set by the first invocation that needs it. */
final class Lazy<T> {
  private final Callable<T> factory;
  private T value;

  private Lazy(Callable<T> factory) {
    this.factory = factory;
  }

  static <T> Lazy<T> of(Callable<T> factory) {
    return new Lazy<>(factory);
  }

  synchronized T get() throws Exception {
    if (value == null) {
      value = factory.call();
    }
    return value;
  }
}
