package io.leakguard.chaos.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InvokeApiTest {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private static TestLambda lambda;

  @BeforeAll
  static void start() {
    lambda = new TestLambda();
    lambda.deploy(
        lambda.config("Echo", "echo").aliases(List.of("EchoFunction")), FunctionOptions.DEFAULT);
  }

  @AfterAll
  static void stop() {
    lambda.close();
  }

  private static HttpRequest request(String function, String body, String... headers) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(uri(function))
            .timeout(Duration.ofSeconds(60))
            .POST(HttpRequest.BodyPublishers.ofString(body));
    if (headers.length > 0) {
      builder.headers(headers);
    }
    return builder.build();
  }

  private static URI uri(String function) {
    return lambda.endpoint().resolve("/2015-03-31/functions/" + function + "/invocations");
  }

  private static HttpResponse<String> post(String function, String body, String... headers)
      throws Exception {
    return CLIENT.send(request(function, body, headers), HttpResponse.BodyHandlers.ofString());
  }

  private static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  private static void assertError(HttpResponse<String> response, int status, String type) {
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(header(response, "x-amzn-ErrorType")).isEqualTo(type);
    JsonObject body = JsonParser.parseString(response.body()).getAsJsonObject();
    assertThat(body.get("Type").getAsString()).isEqualTo("User");
    assertThat(body.get("Message").getAsString()).isNotBlank();
    assertThat(header(response, "x-amzn-RequestId")).hasSize(36);
  }

  private static String log(HttpResponse<?> response) {
    return new String(Base64.getDecoder().decode(header(response, "X-Amz-Log-Result")), UTF_8);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Echo",
        "EchoFunction",
        "Echo:$LATEST",
        "000000000000:function:Echo",
        "arn:aws:lambda:us-east-1:000000000000:function:Echo",
        "arn%3Aaws%3Alambda%3Aus-east-1%3A000000000000%3Afunction%3AEcho",
        "arn%3Aaws%3Alambda%3Aus-east-1%3A000000000000%3Afunction%3AEchoFunction%3A%24LATEST"
      })
  void requestResponse_byAnyName_answersAsLambdaDoes(String name) throws Exception {
    HttpResponse<String> response = post(name, "{\"a\":1}");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("{\"a\":1}");
    assertThat(header(response, "X-Amz-Executed-Version")).isEqualTo("$LATEST");
    assertThat(header(response, "x-amzn-RequestId")).hasSize(36);
    assertThat(header(response, "Content-Type")).isEqualTo("application/json");
    assertThat(response.headers().firstValue("X-Amz-Function-Error")).isEmpty();
    assertThat(response.headers().firstValue("X-Amz-Log-Result")).isEmpty();
  }

  @Test
  void emptyBody_isAnEmptyEvent() throws Exception {
    assertThat(post("Echo", "").body()).isEqualTo("{}");
  }

  @Test
  void qualifier_latestIsKnownAndOthersAreNot() throws Exception {
    HttpRequest latest =
        HttpRequest.newBuilder(URI.create(uri("Echo") + "?Qualifier=%24LATEST"))
            .POST(HttpRequest.BodyPublishers.ofString("1"))
            .build();
    assertThat(CLIENT.send(latest, HttpResponse.BodyHandlers.ofString()).body()).isEqualTo("1");
    assertError(post("Echo:live", "{}"), 404, "ResourceNotFoundException");
  }

  @Test
  void unknownFunction_isNotFound() throws Exception {
    HttpResponse<String> response = post("Nope", "{}");
    assertError(response, 404, "ResourceNotFoundException");
    assertThat(response.body()).contains("function:Nope");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"a\":", "nonsense", "{} {}", "{'a':1}", "\u0000"})
  void body_thatIsNotJson_isRefused(String body) throws Exception {
    assertError(post("Echo", body), 400, "InvalidRequestContentException");
  }

  @Test
  void body_pastSixMegabytes_isRefusedAndTheConnectionStaysUsable() throws Exception {
    assertError(post("Echo", "1".repeat(6_291_557)), 413, "RequestTooLargeException");
    assertThat(post("Echo", "7").body()).isEqualTo("7");
  }

  @Test
  void body_pastSixMegabytesWithExpect_isRefused() throws Exception {
    // By hand: the JDK's client waits for ever when the answer is not 100.
    try (Socket socket =
        new Socket(InetAddress.getLoopbackAddress(), lambda.endpoint().getPort())) {
      String head =
          "POST "
              + uri("Echo").getPath()
              + " HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 6291557\r\n\r\n";
      socket.getOutputStream().write(head.getBytes(UTF_8));
      String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
      assertThat(answer).startsWith("HTTP/1.1 413 ").contains("x-amzn-ErrorType: RequestTooLarge");
    }
  }

  @Test
  void wrongPathTypeOrClientContext_isRefused() throws Exception {
    HttpRequest root = HttpRequest.newBuilder(lambda.endpoint()).build();
    assertThat(CLIENT.send(root, HttpResponse.BodyHandlers.ofString()).statusCode()).isEqualTo(404);
    assertError(
        post("Echo", "{}", "X-Amz-Invocation-Type", "Other"),
        400,
        "InvalidParameterValueException");
    assertError(
        post("Echo", "{}", "X-Amz-Client-Context", "%%%"), 400, "InvalidRequestContentException");
  }

  @Test
  void functionError_isMarkedAndItsLogHasTheTrace() throws Exception {
    lambda.deploy("Fail", "fail");
    HttpResponse<String> response = post("Fail", "{}", "X-Amz-Log-Type", "Tail");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(header(response, "X-Amz-Function-Error")).isEqualTo("Unhandled");
    assertThat(response.body()).contains("no stock left");
    assertThat(log(response)).contains("no stock left: java.lang.IllegalStateException");
  }

  @Test
  void logTail_hasEverythingTheInvocationWrote() throws Exception {
    lambda.deploy("Log", "log");
    for (int i = 0; i < 50; i++) {
      HttpResponse<String> response = post("Log", "{}", "X-Amz-Log-Type", "Tail");
      String id = header(response, "x-amzn-RequestId");
      assertThat(log(response))
          .startsWith("START RequestId: " + id + " Version: $LATEST\n")
          .contains("out: first\n", "err: second\n", "out: last\n")
          .contains("framed: third\nand its second line\n")
          .contains("END RequestId: " + id + "\nREPORT RequestId: " + id)
          .endsWith(" MB\t\n");
      List<Recorder.Line> lines = lambda.recorder().lines(id);
      assertThat(lines.stream().filter(line -> !line.framed()).map(Recorder.Line::text))
          .containsExactly("out: first", "err: second", "out: last");
      assertThat(lines.stream().filter(Recorder.Line::framed).map(Recorder.Line::text))
          .containsExactly("framed: third\nand its second line");
    }
  }

  @Test
  void logTail_ofAFlood_isItsLastFourKilobytes() throws Exception {
    lambda.deploy("Flood", "flood");
    long before = lambda.recorder().characters();
    HttpResponse<String> response = post("Flood", "{\"megabytes\":100}", "X-Amz-Log-Type", "Tail");
    assertThat(response.body()).isEqualTo("\"flooded\"");
    assertThat(log(response)).hasSize(LogTail.SIZE).contains("the end\nEND RequestId: ");
    assertThat(lambda.recorder().characters() - before).isGreaterThan(100L * 1024 * 1023);
  }

  @Test
  void clientContextAndTrace_reachTheFunction() throws Exception {
    lambda.deploy("Machine", "machine");
    String context = "{\"custom\":\n{\"tenant\":\"a\"}}";
    HttpResponse<String> response =
        post(
            "Machine",
            "{}",
            "X-Amz-Client-Context",
            Base64.getEncoder().encodeToString(context.getBytes(UTF_8)),
            "X-Amzn-Trace-Id",
            "Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=0");
    JsonObject machine = JsonParser.parseString(response.body()).getAsJsonObject();
    assertThat(machine.get("custom")).hasToString("{\"tenant\":\"a\"}");
    assertThat(machine.get("trace").getAsString())
        .isEqualTo("Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=0");
  }

  @Test
  void event_isAcceptedAtOnceAndRunInTheBackground() throws Exception {
    LocalFunction count = lambda.deploy("Count", "count");
    for (int i = 0; i < 3; i++) {
      HttpResponse<String> response = post("Count", "{}", "X-Amz-Invocation-Type", "Event");
      assertThat(response.statusCode()).isEqualTo(202);
      assertThat(response.body()).isEmpty();
    }
    await().until(() -> lambda.recorder().invocations(count).size() == 3);
    assertThat(lambda.recorder().invocations(count))
        .extracting(one -> one.outcome().body().toString())
        .containsExactly("1", "2", "3");
  }

  @Test
  void event_pastTheQueue_isThrottled() throws Exception {
    lambda.deploy("Slow", "sleep");
    List<CompletableFuture<Integer>> answers = new ArrayList<>();
    for (int i = 0; i < 1002; i++) {
      answers.add(
          CLIENT
              .sendAsync(
                  request("Slow", "{\"millis\":20000}", "X-Amz-Invocation-Type", "Event"),
                  HttpResponse.BodyHandlers.ofString())
              .thenApply(HttpResponse::statusCode));
    }
    assertThat(answers.stream().collect(Collectors.groupingBy(CompletableFuture::join)))
        .satisfies(
            byStatus -> {
              assertThat(byStatus.get(202)).hasSize(1001);
              assertThat(byStatus.get(429)).hasSize(1);
            });
    lambda.lambda().remove(lambda.lambda().function("Slow").orElseThrow());
  }

  @Test
  void dryRun_runsNothing() throws Exception {
    LocalFunction echo = lambda.deploy("Dry", "echo");
    HttpResponse<String> response = post("Dry", "{}", "X-Amz-Invocation-Type", "DryRun");
    assertThat(response.statusCode()).isEqualTo(204);
    assertThat(echo.environments()).isEmpty();
  }

  @Test
  void reject_pastTheLimit_isThrottled() throws Exception {
    LocalFunction sleep =
        lambda.deploy(
            lambda.config("Reject", "sleep"),
            FunctionOptions.DEFAULT.withOverflow(Overflow.REJECT));
    CompletableFuture<InvocationRecord> running = sleep.invoke("{\"millis\":15000}");
    await().until(() -> lambda.recorder().delivered(sleep) == 1);
    assertError(post("Reject", "{\"millis\":0}"), 429, "TooManyRequestsException");
    assertThat(sleep.invoke("{}"))
        .failsWithin(Duration.ofSeconds(5))
        .withThrowableThat()
        .withCauseInstanceOf(ThrottledException.class);
    assertThat(running).isNotDone();
    sleep.recycle();
    assertThat(running.get(10, TimeUnit.SECONDS).outcome()).isNotNull();
  }

  @Test
  void reject_oneAfterTheOther_isNever() throws Exception {
    lambda.deploy(
        lambda.config("OneByOne", "echo"), FunctionOptions.DEFAULT.withOverflow(Overflow.REJECT));
    for (int i = 0; i < 200; i++) {
      assertThat(post("OneByOne", "{}").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void queue_waitsForItsTurnInOrderAndNotForever() throws Exception {
    LocalFunction count =
        lambda.deploy(
            lambda.config("Queue", "count"),
            FunctionOptions.DEFAULT.withOverflow(Overflow.queue(Duration.ofSeconds(30))));
    List<CompletableFuture<InvocationRecord>> answers = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      answers.add(count.invoke("{}"));
    }
    for (int i = 0; i < 20; i++) {
      assertThat(answers.get(i).get(30, TimeUnit.SECONDS).outcome().body())
          .hasToString(Integer.toString(i + 1));
    }
    LocalFunction sleep =
        lambda.deploy(
            lambda.config("ShortQueue", "sleep"),
            FunctionOptions.DEFAULT.withOverflow(Overflow.queue(Duration.ofMillis(50))));
    CompletableFuture<InvocationRecord> running = sleep.invoke("{\"millis\":15000}");
    await().until(() -> lambda.recorder().delivered(sleep) == 1);
    assertError(post("ShortQueue", "{\"millis\":0}"), 429, "TooManyRequestsException");
    sleep.recycle();
    assertThat(running.get(10, TimeUnit.SECONDS).outcome()).isNotNull();
  }

  @Test
  void clientAbort_invocationGoesOn() throws Exception {
    LocalFunction sleep = lambda.deploy("Abort", "sleep");
    post("Abort", "{\"millis\":0}");
    try (Socket socket =
        new Socket(InetAddress.getLoopbackAddress(), lambda.endpoint().getPort())) {
      OutputStream out = socket.getOutputStream();
      String body = "{\"millis\":300}";
      out.write(
          ("POST "
                  + uri("Abort").getPath()
                  + " HTTP/1.1\r\nHost: x\r\nContent-Length: "
                  + body.length()
                  + "\r\n\r\n"
                  + body)
              .getBytes(UTF_8));
      out.flush();
      await().until(() -> !sleep.awaitIdle(Duration.ZERO));
    }
    await().until(() -> lambda.recorder().invocations(sleep).size() == 2);
    assertThat(lambda.recorder().invocations(sleep).get(1).outcome())
        .isInstanceOf(Outcome.Succeeded.class);
    assertThat(post("Abort", "{\"millis\":0}").statusCode()).isEqualTo(200);
  }

  @Test
  void pipelinedRequests_areAnsweredInOrder() throws Exception {
    try (Socket socket =
        new Socket(InetAddress.getLoopbackAddress(), lambda.endpoint().getPort())) {
      StringBuilder requests = new StringBuilder();
      for (int i = 1; i <= 5; i++) {
        requests.append("POST ").append(uri(i == 3 ? "Nope" : "Echo").getPath());
        requests.append(" HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n");
        requests.append(i == 5 ? "Connection: close\r\n\r\n" : "\r\n").append(i);
      }
      socket.getOutputStream().write(requests.toString().getBytes(UTF_8));
      String answers = new String(socket.getInputStream().readAllBytes(), UTF_8);
      assertThat(answers)
          .containsSubsequence(
              "\r\n\r\n1HTTP", "\r\n\r\n2HTTP", " 404 ", "\r\n\r\n4HTTP", "\r\n\r\n5");
    }
  }

  @Test
  void notHttp_isRefusedAndClosed() throws Exception {
    try (Socket socket =
        new Socket(InetAddress.getLoopbackAddress(), lambda.endpoint().getPort())) {
      socket.getOutputStream().write("\u0001\u0002 nonsense\r\n\r\n".getBytes(UTF_8));
      assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8)).contains(" 400 ");
    }
  }

  @Test
  void listen_portInUse_saysSo() {
    int port = lambda.endpoint().getPort();
    assertThatThrownBy(() -> lambda.lambda().listen(port))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("port " + port + " on 127.0.0.1");
  }
}
