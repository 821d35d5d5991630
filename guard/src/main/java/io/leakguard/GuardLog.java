package io.leakguard;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.LambdaRuntime;

/**
 * Lines and blocks for people, through Lambda's logger.
 *
 * <p>The runtime frames what its logger is given, so a block of several lines is one log event; on
 * standard output each line would be an event of its own.
 */
final class GuardLog {
  private GuardLog() {}

  /** Logs outside an invocation. */
  static void line(String text) {
    LambdaRuntime.getLogger().log(text + "\n");
  }

  /** Logs with the invocation's logger, where there is one. */
  static void text(Context context, Host host, String text) {
    LambdaLogger logger = context == null ? null : context.getLogger();
    if (logger == null) {
      host.log(text);
    } else {
      logger.log(text + "\n");
    }
  }
}
