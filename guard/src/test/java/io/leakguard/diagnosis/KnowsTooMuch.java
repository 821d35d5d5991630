package io.leakguard.diagnosis;

import com.amazonaws.services.lambda.runtime.Context;

/** Shows that the rule about this package can fail. */
public final class KnowsTooMuch {
  private KnowsTooMuch() {}

  static String of(Context context) {
    return context.getFunctionName();
  }
}
