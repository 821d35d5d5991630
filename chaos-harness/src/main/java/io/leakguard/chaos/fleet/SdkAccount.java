package io.leakguard.chaos.fleet;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.DescribeLogGroupsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.DescribeLogGroupsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.LogGroupClass;
import software.amazon.awssdk.services.cloudwatchlogs.model.LogStream;
import software.amazon.awssdk.services.cloudwatchlogs.model.OrderBy;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;
import software.amazon.awssdk.services.lambda.model.ListFunctionsRequest;
import software.amazon.awssdk.services.lambda.model.ListFunctionsResponse;
import software.amazon.awssdk.services.lambda.model.PackageType;

/** The account that the credentials belong to. */
final class SdkAccount implements Account {
  private static final int LOG_GROUPS_A_PAGE = 50;
  private static final int CLIENT_ERROR = 400;
  private static final int SERVER_ERROR = 500;

  private final CloudWatchLogsClient logs;
  private final LambdaClient lambda;
  private final Retry retry;
  private final String region;

  SdkAccount(CloudWatchLogsClient logs, LambdaClient lambda, Retry retry, String region) {
    this.logs = logs;
    this.lambda = lambda;
    this.retry = retry;
    this.region = region;
  }

  @Override
  public String region() {
    return region;
  }

  @Override
  public List<LogGroup> logGroups(String prefix) {
    List<LogGroup> groups = new ArrayList<>();
    String page = null;
    do {
      DescribeLogGroupsRequest request =
          DescribeLogGroupsRequest.builder()
              .logGroupNamePrefix(prefix)
              .limit(LOG_GROUPS_A_PAGE)
              .nextToken(page)
              .build();
      DescribeLogGroupsResponse response = retry.call(() -> logs.describeLogGroups(request));
      response.logGroups().forEach(group -> groups.add(logGroup(group)));
      page = response.nextToken();
    } while (page != null && !page.isEmpty());
    return groups;
  }

  private static LogGroup logGroup(
      software.amazon.awssdk.services.cloudwatchlogs.model.LogGroup group) {
    // The older of its two ARNs ends in a star, which no other call takes.
    String arn = group.arn() == null ? "" : group.arn().replaceFirst(":\\*$", "");
    int days = group.retentionInDays() == null ? 0 : group.retentionInDays();
    boolean isStandard =
        group.logGroupClass() == null || group.logGroupClass() == LogGroupClass.STANDARD;
    return new LogGroup(group.logGroupName(), arn, days, isStandard);
  }

  @Override
  public Optional<List<LambdaFunction>> functions() {
    try {
      List<LambdaFunction> functions = new ArrayList<>();
      String page = null;
      do {
        ListFunctionsRequest request = ListFunctionsRequest.builder().marker(page).build();
        ListFunctionsResponse response = retry.call(() -> lambda.listFunctions(request));
        response.functions().forEach(function -> functions.add(function(function)));
        page = response.nextMarker();
      } while (page != null && !page.isEmpty());
      return Optional.of(functions);
    } catch (AwsServiceException refusal) {
      return ifForbidden(refusal, Optional.empty());
    }
  }

  private static LambdaFunction function(FunctionConfiguration function) {
    String group =
        function.loggingConfig() == null || function.loggingConfig().logGroup() == null
            ? "/aws/lambda/" + function.functionName()
            : function.loggingConfig().logGroup();
    boolean isImage = function.packageType() == PackageType.IMAGE;
    String runtime = function.runtimeAsString() == null ? "" : function.runtimeAsString();
    return new LambdaFunction(
        function.functionName(), function.functionArn(), isImage ? "image" : runtime, group);
  }

  @Override
  public Optional<Instant> lastLine(String logGroup) {
    try {
      return retry
          .call(
              () ->
                  logs.describeLogStreams(
                      request ->
                          request
                              .logGroupName(logGroup)
                              .orderBy(OrderBy.LAST_EVENT_TIME)
                              .descending(true)
                              .limit(1)))
          .logStreams()
          .stream()
          .map(LogStream::lastEventTimestamp)
          .filter(time -> time != null)
          .map(Instant::ofEpochMilli)
          .findFirst();
    } catch (ResourceNotFoundException neverInvoked) {
      return Optional.empty();
    }
  }

  @Override
  public Map<String, String> tags(String arn) {
    try {
      return arn.contains(":lambda:")
          ? retry.call(() -> lambda.listTags(request -> request.resource(arn))).tags()
          : retry.call(() -> logs.listTagsForResource(request -> request.resourceArn(arn))).tags();
    } catch (AwsServiceException refusal) {
      return ifForbidden(refusal, Map.of());
    }
  }

  /** What may not be seen, or is gone, is not worth the whole report. */
  private static <T> T ifForbidden(AwsServiceException refusal, T otherwise) {
    if (refusal.statusCode() >= CLIENT_ERROR && refusal.statusCode() < SERVER_ERROR) {
      return otherwise;
    }
    throw refusal;
  }
}
