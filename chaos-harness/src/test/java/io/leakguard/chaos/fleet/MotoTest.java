package io.leakguard.chaos.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.InputLogEvent;
import software.amazon.awssdk.services.lambda.LambdaClient;

/**
 * Pages, batches and queries against moto. It knows neither {@code SOURCE} nor {@code stats}: what
 * queries mean is tested elsewhere.
 */
class MotoTest {
  private static final int GROUPS = 120;
  private static Instant now;
  private static MotoServer moto;
  private static AwsProperties properties;
  private static Aws aws;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    now = Instant.now();
    moto = MotoServer.start(folder).orElse(null);
    if (moto == null) {
      return;
    }
    properties = AwsProperties.of(folder, moto.address());
    try (UrlConnectionHttpClient http = (UrlConnectionHttpClient) UrlConnectionHttpClient.create();
        CloudWatchLogsClient logs = CloudWatchLogsClient.builder().httpClient(http).build();
        LambdaClient lambda = LambdaClient.builder().httpClient(http).build()) {
      fill(logs);
      fill(lambda);
    }
    aws = Aws.connect(Optional.empty(), Optional.empty(), time -> {});
  }

  private static void fill(CloudWatchLogsClient logs) {
    for (int i = 0; i < GROUPS; i++) {
      String name = "/aws/lambda/service-" + i;
      logs.createLogGroup(r -> r.logGroupName(name).tags(Map.of("owner", "by-group")));
    }
    logs.putRetentionPolicy(r -> r.logGroupName("/aws/lambda/service-0").retentionInDays(1));
    logs.createLogStream(r -> r.logGroupName("/aws/lambda/service-1").logStreamName("one"));
    logs.putLogEvents(
        r ->
            r.logGroupName("/aws/lambda/service-1")
                .logStreamName("one")
                .logEvents(
                    InputLogEvent.builder().timestamp(now.toEpochMilli()).message("line").build()));
  }

  private static void fill(LambdaClient lambda) throws Exception {
    moto.request(
        "POST",
        "/",
        "Action=CreateRole&Version=2010-05-08&RoleName=role&AssumeRolePolicyDocument=%7B%7D");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("a"));
    }
    for (int i = 0; i < 60; i++) {
      String name = "service-" + i;
      lambda.createFunction(
          r ->
              r.functionName(name)
                  .runtime("java21")
                  .handler("a.B::c")
                  .role("arn:aws:iam::123456789012:role/role")
                  .tags(Map.of("owner", "by-function"))
                  .code(code -> code.zipFile(SdkBytes.fromByteArray(bytes.toByteArray()))));
    }
  }

  /** Not before all of them: then none would be counted as skipped. */
  @BeforeEach
  void isThere() {
    assumeTrue(moto != null, MotoServer.MISSING);
  }

  @AfterAll
  static void stop() {
    if (aws != null) {
      aws.close();
      properties.close();
    }
    if (moto != null) {
      moto.close();
    }
  }

  @Test
  void logGroups_moreThanAPage_areAllListed() {
    List<LogGroup> groups = aws.account().logGroups("/aws/lambda/service-");

    assertThat(groups.stream().map(LogGroup::name))
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, GROUPS).mapToObj(i -> "/aws/lambda/service-" + i).toList());
    assertThat(groups.stream().filter(group -> group.retentionDays() == 1)).hasSize(1);
    assertThat(aws.account().logGroups("/aws/lambda/service-11")).hasSize(11);
  }

  @Test
  void functions_moreThanAPage_areAllListed() {
    List<LambdaFunction> functions = aws.account().functions().orElseThrow();

    assertThat(functions).hasSize(60);
    assertThat(functions)
        .contains(
            new LambdaFunction(
                "service-7",
                "arn:aws:lambda:eu-central-1:123456789012:function:service-7",
                "java21",
                "/aws/lambda/service-7"));
  }

  @Test
  void tags_ofAFunctionAndOfALogGroup_areRead() {
    Account account = aws.account();
    LogGroup group = account.logGroups("/aws/lambda/service-0").get(0);

    assertThat(account.tags("arn:aws:lambda:eu-central-1:123456789012:function:service-0"))
        .containsEntry("owner", "by-function");
    assertThat(account.tags(group.arn())).containsEntry("owner", "by-group");
    assertThat(account.tags("arn:aws:lambda:eu-central-1:123456789012:function:gone")).isEmpty();
  }

  @Test
  void lastLine_someAndNone() {
    assertThat(aws.account().lastLine("/aws/lambda/service-1"))
        .contains(Instant.ofEpochMilli(now.toEpochMilli()));
    assertThat(aws.account().lastLine("/aws/lambda/service-2")).isEmpty();
    assertThat(aws.account().lastLine("/aws/lambda/gone")).isEmpty();
  }

  @Test
  void ask_fiftyGroups_isAnswered() {
    List<String> groups = IntStream.range(0, 50).mapToObj(i -> "/aws/lambda/service-" + i).toList();
    Window window = Window.until(now.plusSeconds(60), Duration.ofHours(1));

    Answer answer = aws.engine().ask(GuardQuery.of(window), groups);

    // It filters and counts nothing, so the one line comes back as it is.
    assertThat(answer.rows()).hasSize(1);
    assertThat(answer.cost()).isEqualTo(new Cost(1, 0, 0));
  }
}
