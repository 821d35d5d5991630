package io.leakguard.chaos.sam;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Writes template texts to files and reads them. */
final class Templates {
  private Templates() {}

  static Path write(Path folder, String text) {
    return write(folder.resolve("template.yaml"), text.getBytes(StandardCharsets.UTF_8));
  }

  static Path write(Path file, byte[] bytes) {
    try {
      Files.createDirectories(file.getParent());
      return Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Template read(Path folder, String text) {
    return Template.read(write(folder, text), Map.of());
  }

  /** A template whose one function has the given text as the value of the variable V. */
  static String withVariable(String value) {
    return """
        Parameters:
          Stage: {Type: String, Default: dev}
          Hosts: {Type: CommaDelimitedList, Default: 'a, b ,c'}
          NoDefault: {Type: String}
          FromStore: {Type: 'AWS::SSM::Parameter::Value<String>', Default: /app/key}
        Mappings:
          Urls:
            dev: {Inventory: 'http://dev.example', Ports: ['80', '81']}
        Conditions:
          IsDev: !Equals [!Ref Stage, dev]
          IsProd: !Not [!Condition IsDev]
          Unknown: !Equals [!Ref NoDefault, x]
          SelfA: !Not [!Condition SelfB]
          SelfB: !Not [!Condition SelfA]
          Alias: !Condition IsDev
        Resources:
          Queue: {Type: 'AWS::SQS::Queue'}
          Named: {Type: 'AWS::SQS::Queue', Properties: {QueueName: !Sub '${Stage}-orders'}}
          Topic: {Type: 'AWS::SNS::Topic'}
          Table: {Type: 'AWS::DynamoDB::Table'}
          Bucket: {Type: 'AWS::S3::Bucket'}
          Cache: {Type: 'AWS::ElastiCache::CacheCluster'}
          Selfish: {Type: 'AWS::SNS::Topic', Properties: {TopicName: !GetAtt Selfish.TopicName}}
          Orders:
            Type: AWS::Serverless::Function
            Properties:
              Runtime: java21
              Handler: com.acme.Orders
              Environment:
                Variables:
                  BEFORE: b
                  V: %s
        """
        .formatted(value);
  }
}
