package io.leakguard.chaos.staging;

import java.util.Arrays;
import software.amazon.awssdk.services.lambda.model.ListTagsRequest;

/** What must hold before a staging run may touch anything. */
final class Admission {
  private Admission() {}

  /**
   * Checks account, stage and logs.
   *
   * @throws StagingException saying what does not hold
   */
  static void check(StagingPlan plan, Aws aws) {
    GuardRails rails = plan.config().rails();
    String account =
        Aws.asked("say which account this is", () -> aws.identity().getCallerIdentity().account());
    if (!rails.accounts().contains(account)) {
      throw new StagingException(
          "account must be one of guardRails.accounts " + rails.accounts() + ", is " + account);
    }
    for (Deployed function :
        plan.cells().stream().map(StagingPlan.Cell::function).distinct().toList()) {
      if (function.way() instanceof Way.Invoke invoke) {
        checkArn(invoke.function(), account);
      }
      rails.stageTag().ifPresent(tag -> checkTag(plan, aws, function, tag, account));
      new FunctionLog(aws.logs(), function.logGroup()).check();
    }
  }

  /** Who asks may be allowed to invoke functions of other accounts. */
  private static void checkArn(String function, String account) {
    if (function.startsWith("arn:") && !function.contains(":" + account + ":function:")) {
      throw new StagingException("the function must be of account " + account + ", is " + function);
    }
  }

  private static void checkTag(
      StagingPlan plan, Aws aws, Deployed function, String tag, String account) {
    if (!(function.way() instanceof Way.Invoke invoke)) {
      throw new StagingException(
          "guardRails.stageTag needs functions that are invoked by name, '"
              + function.name()
              + "' is called by url");
    }
    String arn = arn(invoke.function(), account, aws);
    String stage =
        Aws.asked(
            "read the tags of " + arn,
            () ->
                aws.lambda()
                    .listTags(ListTagsRequest.builder().resource(arn).build())
                    .tags()
                    .get(tag));
    if (!plan.config().stage().equals(stage)) {
      throw new StagingException(
          "tag '%s' of %s must be %s, is %s"
              .formatted(tag, function.name(), plan.config().stage(), stage));
    }
  }

  /** Tags are a function's, not those of a version or an alias. */
  private static String arn(String function, String account, Aws aws) {
    if (function.startsWith("arn:")) {
      String[] parts = function.split(":");
      return String.join(":", Arrays.copyOf(parts, Math.min(parts.length, 7)));
    }
    String name = function.replaceFirst(":.*", "");
    String region = aws.lambda().serviceClientConfiguration().region().id();
    String partition =
        aws.lambda().serviceClientConfiguration().region().metadata().partition().id();
    return "arn:" + partition + ":lambda:" + region + ":" + account + ":function:" + name;
  }
}
