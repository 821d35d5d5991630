package io.leakguard.chaos.sam;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResourceNamesTest {
  private static final Origin ORIGIN = new Origin(Path.of("t.yaml"));

  @ParameterizedTest
  @CsvSource({
    "AWS::S3::Bucket, arn:aws:s3:::n",
    "AWS::IAM::Role, arn:aws:iam::123456789012:role/n",
    "AWS::Lambda::Function, arn:aws:lambda:us-east-1:123456789012:function:n",
    "AWS::Serverless::Function, arn:aws:lambda:us-east-1:123456789012:function:n",
    "AWS::Serverless::LayerVersion, arn:aws:lambda:us-east-1:123456789012:layer:n:1",
    "AWS::DynamoDB::Table, arn:aws:dynamodb:us-east-1:123456789012:table/n",
    "AWS::Serverless::SimpleTable, arn:aws:dynamodb:us-east-1:123456789012:table/n",
    "AWS::Kinesis::Stream, arn:aws:kinesis:us-east-1:123456789012:stream/n",
    "AWS::Events::EventBus, arn:aws:events:us-east-1:123456789012:event-bus/n",
    "AWS::SecretsManager::Secret, arn:aws:secretsmanager:us-east-1:123456789012:secret:n",
    "AWS::Serverless::StateMachine, arn:aws:states:us-east-1:123456789012:stateMachine:n",
    "AWS::SQS::Queue, arn:aws:sqs:us-east-1:123456789012:n",
    "AWS::SNS::Topic, arn:aws:sns:us-east-1:123456789012:n",
    "Odd, arn:aws:unknown:us-east-1:123456789012:n"
  })
  void arn_ofEachType_isFormedAsAwsDoes(String type, String arn) {
    assertThat(ResourceNames.arn(type, "n")).isEqualTo(arn);
  }

  @ParameterizedTest
  @CsvSource({
    "AWS::SQS::Queue, https://sqs.us-east-1.amazonaws.com/123456789012/MyThing",
    "AWS::SNS::Topic, arn:aws:sns:us-east-1:123456789012:MyThing",
    "AWS::StepFunctions::StateMachine, arn:aws:states:us-east-1:123456789012:stateMachine:MyThing",
    "AWS::SecretsManager::Secret, arn:aws:secretsmanager:us-east-1:123456789012:secret:MyThing",
    "AWS::S3::Bucket, mything",
    "AWS::DynamoDB::Table, MyThing",
    "AWS::Kinesis::Stream, MyThing",
    "AWS::Serverless::Api, MyThing"
  })
  void ref_ofEachType_isWhatCloudFormationGives(String type, String expected) {
    assertThat(resolver("MyThing: {Type: '" + type + "'}").named("MyThing", 9))
        .isEqualTo(new Value.Text(expected, 9));
  }

  @ParameterizedTest
  @CsvSource({
    "Arn, arn:aws:rds:us-east-1:123456789012:Db",
    "Endpoint.Address, db-endpoint-address.invalid",
    "Endpoint.Port, 443",
    "DNSName, db-dnsname.invalid",
    "RegionalDomainName, db-regionaldomainname.invalid",
    "FunctionUrl, https://db-functionurl.invalid/",
    "DbName, Db",
    "Version, 1"
  })
  void attribute_ofEachName_isPlausible(String attribute, String expected) {
    assertThat(resolver("Db: {Type: 'AWS::RDS::DBInstance'}").attribute("Db." + attribute, 9))
        .isEqualTo(new Value.Text(expected, 9));
  }

  @Test
  void ref_ofNamedResource_isTheName() {
    Resolver resolver =
        resolver(
            "T: {Type: 'AWS::DynamoDB::Table', Properties: {TableName: !Sub 'x-${Q}'}}\n"
                + "  Q: {Type: 'AWS::SNS::Topic', Properties: {TopicName: q}}");

    assertThat(resolver.named("T", 1))
        .isEqualTo(new Value.Text("x-arn:aws:sns:us-east-1:123456789012:q", 1));
  }

  @Test
  void ref_ofNameKnownInAwsOnly_isUnknown() {
    Resolver resolver =
        resolver("T: {Type: 'AWS::DynamoDB::Table', Properties: {TableName: !ImportValue n}}");

    assertThat(resolver.named("T", 1)).isInstanceOf(Value.Unresolved.class);
    assertThat(resolver.attribute("T.Arn", 1)).isInstanceOf(Value.Unresolved.class);
  }

  @Test
  void ref_ofTwoThatNameEachOther_ends() {
    Resolver resolver =
        resolver(
            "A: {Type: 'AWS::SNS::Topic', Properties: {TopicName: !GetAtt B.TopicName}}\n"
                + "  B: {Type: 'AWS::SNS::Topic', Properties: {TopicName: !GetAtt A.TopicName}}");

    assertThat(resolver.named("A", 1))
        .isEqualTo(new Value.Unresolved("unresolved-A", "the name of 'A' refers to itself", 1));
  }

  @Test
  void ref_ofImplicitApi_isItsId_butOwnResourceGoesFirst() {
    Resolver resolver = resolver("ServerlessRestApi: {Type: 'AWS::SNS::Topic'}");

    assertThat(resolver.named("ServerlessHttpApi", 1))
        .isEqualTo(new Value.Text("ServerlessHttpApi", 1));
    assertThat(resolver.named("ServerlessRestApi", 1))
        .isEqualTo(new Value.Text("arn:aws:sns:us-east-1:123456789012:ServerlessRestApi", 1));
  }

  @Test
  void ref_ofNameThatBeginsAsAnotherResource_isUnknown() {
    Resolver resolver = resolver("Queue: {Type: 'AWS::SQS::Queue'}");

    assertThat(resolver.named("QueuePolicy", 1)).isInstanceOf(Value.Unresolved.class);
  }

  private static Resolver resolver(String resources) {
    Value.Fields template = YamlTree.parse(ORIGIN, "Resources:\n  " + resources);
    return new Resolver(
        ORIGIN, template, new Parameters(ORIGIN, Value.Fields.NONE, Overrides.NONE));
  }
}
