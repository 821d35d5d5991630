package io.leakguard.chaos.staging;

import java.net.URI;

/** How a function is invoked. */
public sealed interface Way {
  /** In words, for a plan. */
  String text();

  /** By HTTP: a function URL or the endpoint of an API, without a signature. */
  record Url(URI address) implements Way {
    @Override
    public String text() {
      return "POST " + address;
    }
  }

  /**
   * By Lambda's Invoke.
   *
   * @param function its name or ARN, maybe with a qualifier: {@code orders:live}
   */
  record Invoke(String function) implements Way {
    @Override
    public String text() {
      return "Invoke " + function;
    }
  }
}
