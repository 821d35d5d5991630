package io.leakguard.chaos.sam;

import java.util.List;

/** What {@code AWS::...} names stand for locally: plausible, constant, and nobody's account. */
final class PseudoParameters {
  static final String REGION = "us-east-1";

  /** The account number that AWS's documentation uses. */
  static final String ACCOUNT = "123456789012";

  static final String STACK = "local";

  private PseudoParameters() {}

  static Value get(String name, int line) {
    return switch (name) {
      case "AWS::NoValue" -> new Value.Missing(line);
      case "AWS::NotificationARNs" -> new Value.Items(List.of(), line);
      case "AWS::Region" -> new Value.Text(REGION, line);
      case "AWS::AccountId" -> new Value.Text(ACCOUNT, line);
      case "AWS::Partition" -> new Value.Text("aws", line);
      case "AWS::StackName" -> new Value.Text(STACK, line);
      case "AWS::StackId" -> new Value.Text(stackId(), line);
      case "AWS::URLSuffix" -> new Value.Text("amazonaws.com", line);
      default -> Resolver.unknown(name, "there is no pseudo parameter '" + name + "'", line);
    };
  }

  private static String stackId() {
    return "arn:aws:cloudformation:%s:%s:stack/%s/00000000-0000-0000-0000-000000000000"
        .formatted(REGION, ACCOUNT, STACK);
  }
}
