package io.leakguard.chaos.sam;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What {@code Ref} and {@code Fn::GetAtt} of a resource give: names and ARNs as AWS forms them. */
final class ResourceNames {
  /** APIs that SAM adds where functions have events without naming one. */
  private static final Map<String, String> IMPLICIT =
      Map.of(
          "ServerlessHttpApi", "AWS::Serverless::HttpApi",
          "ServerlessRestApi", "AWS::Serverless::Api");

  private static final List<String> NAME_PROPERTIES =
      List.of(
          "FunctionName",
          "QueueName",
          "TopicName",
          "TableName",
          "BucketName",
          "StreamName",
          "StateMachineName",
          "RoleName",
          "DeliveryStreamName",
          "EventBusName",
          "LayerName",
          "LogGroupName",
          "Name");

  private static final Set<String> REF_IS_ARN =
      Set.of(
          "AWS::SNS::Topic",
          "AWS::StepFunctions::StateMachine",
          "AWS::Serverless::StateMachine",
          "AWS::Lambda::LayerVersion",
          "AWS::Serverless::LayerVersion",
          "AWS::SecretsManager::Secret",
          "AWS::ElasticLoadBalancingV2::LoadBalancer",
          "AWS::ElasticLoadBalancingV2::TargetGroup");

  private final Value.Fields resources;
  private final Resolver resolver;
  private final Map<String, Value> names = new HashMap<>();
  private final Set<String> underWay = new HashSet<>();

  ResourceNames(Value.Fields resources, Resolver resolver) {
    this.resources = resources;
    this.resolver = resolver;
  }

  Value ref(String id, int line) {
    Optional<String> type = type(id);
    if (type.isEmpty()) {
      return generated(id, line);
    }
    Value name = name(id, line);
    if (!(name instanceof Value.Text text)) {
      return name;
    }
    if (type.get().equals("AWS::SQS::Queue")) {
      return new Value.Text(queueUrl(text.text()), line);
    }
    if (REF_IS_ARN.contains(type.get())) {
      return new Value.Text(arn(type.get(), text.text()), line);
    }
    return new Value.Text(text.text(), line);
  }

  /** {@code MyFunctionRole}, {@code MyFunction.Version} and the like, which SAM generates. */
  private Value generated(String id, int line) {
    boolean ofFunction =
        resources.values().keySet().stream()
            .anyMatch(owner -> id.startsWith(owner) && type(owner).get().endsWith("::Function"));
    return ofFunction
        ? new Value.Text(id, line)
        : Resolver.unknown(id, "there is no parameter or resource '" + id + "'", line);
  }

  Value attribute(String id, String attribute, int line) {
    Optional<String> type = type(id);
    Value name = type.isEmpty() ? generated(id, line) : name(id, line);
    if (!(name instanceof Value.Text text)) {
      return name;
    }
    return new Value.Text(attributeOf(type.orElse("AWS::IAM::Role"), text.text(), attribute), line);
  }

  private static String attributeOf(String type, String name, String attribute) {
    if (attribute.equals("QueueUrl")) {
      return queueUrl(name);
    }
    if (attribute.endsWith("Arn")) {
      return arn(type, name);
    }
    if (attribute.equals("Version") || attribute.endsWith(".Version")) {
      return "1";
    }
    if (attribute.endsWith("Port")) {
      return "443";
    }
    if (attribute.endsWith("Name")
        && !attribute.endsWith("DomainName")
        && !attribute.equals("DNSName")) {
      return name;
    }
    String host = (name + "." + attribute).replaceAll("[^A-Za-z0-9]+", "-");
    String address = host.toLowerCase(Locale.ROOT) + ".invalid";
    return attribute.endsWith("Url") ? "https://" + address + "/" : address;
  }

  /** The name that the template gives, else the logical id, which AWS would make longer. */
  private Value name(String id, int line) {
    if (names.containsKey(id)) {
      return names.get(id).at(line);
    }
    if (!underWay.add(id)) {
      return Resolver.unknown(id, "the name of '" + id + "' refers to itself", line);
    }
    Value name = givenName(id).orElseGet(() -> new Value.Text(defaultName(id), line));
    underWay.remove(id);
    names.put(id, name);
    return name.at(line);
  }

  private Optional<Value> givenName(String id) {
    if (type(id).map(IMPLICIT::containsValue).orElse(false)) {
      return Optional.empty();
    }
    Value.Fields properties = resources.fields(id).fields("Properties");
    return NAME_PROPERTIES.stream()
        .filter(properties.values()::containsKey)
        .findFirst()
        .map(property -> resolver.resolve(properties.get(property)))
        .filter(name -> name instanceof Value.Text || name instanceof Value.Unresolved);
  }

  private String defaultName(String id) {
    return type(id).orElse("").equals("AWS::S3::Bucket") ? id.toLowerCase(Locale.ROOT) : id;
  }

  private Optional<String> type(String id) {
    if (!resources.values().containsKey(id)) {
      return Optional.ofNullable(IMPLICIT.get(id));
    }
    return Optional.of(
        resources.fields(id).get("Type") instanceof Value.Text text ? text.text() : "");
  }

  private static String queueUrl(String name) {
    return "https://sqs.%s.amazonaws.com/%s/%s"
        .formatted(PseudoParameters.REGION, PseudoParameters.ACCOUNT, name);
  }

  /** The ARN of a resource of the type, in the local account and region. */
  static String arn(String type, String name) {
    return switch (type) {
      case "AWS::S3::Bucket" -> "arn:aws:s3:::" + name;
      case "AWS::IAM::Role" -> "arn:aws:iam::" + PseudoParameters.ACCOUNT + ":role/" + name;
      case "AWS::Lambda::Function", "AWS::Serverless::Function" ->
          regional("lambda", "function:" + name);
      case "AWS::Lambda::LayerVersion", "AWS::Serverless::LayerVersion" ->
          regional("lambda", "layer:" + name + ":1");
      case "AWS::DynamoDB::Table", "AWS::Serverless::SimpleTable" ->
          regional("dynamodb", "table/" + name);
      case "AWS::Kinesis::Stream" -> regional("kinesis", "stream/" + name);
      case "AWS::Events::EventBus" -> regional("events", "event-bus/" + name);
      case "AWS::SecretsManager::Secret" -> regional("secretsmanager", "secret:" + name);
      case "AWS::StepFunctions::StateMachine", "AWS::Serverless::StateMachine" ->
          regional("states", "stateMachine:" + name);
      default -> regional(service(type), name);
    };
  }

  private static String service(String type) {
    String[] parts = type.split("::", -1);
    return parts.length > 1 ? parts[1].toLowerCase(Locale.ROOT) : "unknown";
  }

  private static String regional(String service, String resource) {
    return "arn:aws:%s:%s:%s:%s"
        .formatted(service, PseudoParameters.REGION, PseudoParameters.ACCOUNT, resource);
  }
}
