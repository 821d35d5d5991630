package io.leakguard.chaos.fleet;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An account whose functions are told. */
final class FakeAccount implements Account {
  private final List<LogGroup> groups = new ArrayList<>();
  private final List<LambdaFunction> functions = new ArrayList<>();
  private final Map<String, Instant> lastLines = new HashMap<>();
  private final Map<String, Map<String, String>> tags = new HashMap<>();
  private boolean functionsForbidden;
  int tagsAsked;

  FakeAccount function(String name, String runtime, String owner) {
    String arn = "arn:aws:lambda:eu-central-1:123456789012:function:" + name;
    functions.add(new LambdaFunction(name, arn, runtime, "/aws/lambda/" + name));
    tags.put(arn, owner.isEmpty() ? Map.of() : Map.of("owner", owner));
    return this;
  }

  FakeAccount logGroup(String name, int retentionDays, Instant lastLine) {
    groups.add(
        new LogGroup(
            name, "arn:aws:logs:eu-central-1:123456789012:log-group:" + name, retentionDays, true));
    lastLines.put(name, lastLine);
    return this;
  }

  FakeAccount tag(String arn, String name, String value) {
    tags.put(arn, Map.of(name, value));
    return this;
  }

  FakeAccount forbidFunctions() {
    functionsForbidden = true;
    return this;
  }

  @Override
  public List<LogGroup> logGroups(String prefix) {
    return groups.stream().filter(group -> group.name().startsWith(prefix)).toList();
  }

  @Override
  public Optional<List<LambdaFunction>> functions() {
    return functionsForbidden ? Optional.empty() : Optional.of(functions);
  }

  @Override
  public Optional<Instant> lastLine(String logGroup) {
    return Optional.ofNullable(lastLines.get(logGroup));
  }

  @Override
  public Map<String, String> tags(String arn) {
    tagsAsked++;
    return tags.getOrDefault(arn, Map.of());
  }

  @Override
  public String region() {
    return "eu-central-1";
  }
}
