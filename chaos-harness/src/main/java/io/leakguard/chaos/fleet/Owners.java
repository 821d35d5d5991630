package io.leakguard.chaos.fleet;

import io.leakguard.chaos.text.Printable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who a function belongs to, by a tag of the function, else of its log group. */
final class Owners {
  private final Account account;
  private final String tag;
  private final Map<String, List<String>> arns;
  private final Map<String, String> known = new HashMap<>();

  Owners(Account account, String tag, List<LambdaFunction> functions, List<LogGroup> groups) {
    this.account = account;
    this.tag = tag;
    Map<String, String> groupArns =
        groups.stream()
            .filter(group -> !group.arn().isEmpty())
            .collect(Collectors.toMap(LogGroup::name, LogGroup::arn, (one, other) -> one));
    this.arns =
        functions.stream()
            .collect(
                Collectors.toMap(
                    LambdaFunction::name,
                    function ->
                        Stream.of(function.arn(), groupArns.getOrDefault(function.logGroup(), ""))
                            .filter(arn -> !arn.isEmpty())
                            .toList(),
                    (one, other) -> one));
  }

  /** The tag's value; empty where there is none. Asked once for each function. */
  String of(String function) {
    return known.computeIfAbsent(function, this::ask);
  }

  private String ask(String function) {
    return arns.getOrDefault(function, List.of()).stream()
        .map(arn -> Printable.of(account.tags(arn).getOrDefault(tag, "")))
        .filter(owner -> !owner.isEmpty())
        .findFirst()
        .orElse("");
  }
}
