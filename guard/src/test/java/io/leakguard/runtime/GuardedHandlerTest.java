package io.leakguard.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.leakguard.GuardedHandler;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@link GuardedHandler} against the handler alone, each under the real runtime client: what Lambda
 * is sent and what is printed must be the same to the byte, but for the guard's one sign of life.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the runtime client's native part is for Linux")
class GuardedHandlerTest {
  private static final String GUARD = GuardedHandler.class.getName();
  private static final String FORMS = Forms.class.getName() + "$";
  private static final String POJO = "{\"name\":\"Ü \\u00e9\\n\",\"price\":1e2,\"more\":[1]}";
  private static final String SQS =
      """
      {"Records":[{"messageId":"1","body":"b","md5OfBody":"m","eventSourceARN":"arn",
       "awsRegion":"r","attributes":{"SentTimestamp":"1"},"messageAttributes":{"a":
       {"stringValue":"s","binaryValue":"AAEC","dataType":"Binary"}}}],"new":1}\
      """;
  private static final String SCHEDULED =
      """
      {"version":"0","id":"1","detail-type":"Scheduled Event","source":"aws.events",
       "account":"1","time":"2026-01-01T00:00:00Z","region":"r","resources":["x"],"detail":{}}\
      """;
  private static final String HTTP =
      """
      {"version":"2.0","routeKey":"GET /","rawPath":"/","headers":{"Accept":"*/*"},
       "requestContext":{"accountId":"1","http":{"method":"GET","path":"/"},"timeEpoch":1}}\
      """;
  private static final List<String> EVENTS =
      List.of(
          POJO,
          SQS,
          SCHEDULED,
          HTTP,
          "[" + POJO + "]",
          "{}",
          "null",
          "\"text\"",
          "1.50",
          "{\"fail\":\"why?\"}",
          "{\"unwritable\":1}",
          "{\"name\":",
          "");

  private static TaskRoot root;

  @BeforeAll
  static void layOut(@TempDir Path folder) throws IOException {
    root = TaskRoot.in(folder);
  }

  private static Environment bare(String handler) throws IOException {
    return new Environment(root, handler, Map.of());
  }

  private static Environment guarded(String guard, String handler) throws IOException {
    return new Environment(root, guard, Map.of("LEAKGUARD_HANDLER", handler));
  }

  /** Takes one out, so that a second one would be seen. */
  private static String withoutSignOfLife(String printed) {
    return printed.replaceFirst("\\{\"leakguard\":[^\n]*Z\"}\n", "");
  }

  @ParameterizedTest
  @CsvSource({
    "Stream, ''",
    "Stream, ::handleRequest",
    "Stream::handleRequest, ::handleRequest",
    "Maps, ::handleRequest",
    "Http::handleRequest, ::handleRequest",
    "Queue, ''",
    "Schedule, ::handleRequest",
    "Inherited, ''",
    "Methods::nothing, ''",
    "Methods::onlyContext, ''",
    "Methods::onlyEvent, ::handleRequest",
    "Methods::eventAndContext, ::handleRequest",
    "Methods::ofTheClass, ''",
    "Methods::overloaded, ''",
    "Methods::onlyInput, ''",
    "Methods::outputAndContext, ''",
    "Methods::streams, ::handleRequest",
    "Methods::tooMany, ''",
    "Methods::missing, ''",
    "NeedsArgument, ''",
    "Pojo, ''",
  })
  void handlerOfAnyForm_guarded_answersAndPrintsTheSame(String form, String method)
      throws Exception {
    try (Environment bare = bare(FORMS + form);
        Environment guarded = guarded(GUARD + method, FORMS + form)) {
      for (String event : EVENTS) {
        assertThat(guarded.invoke(event)).as(event).isEqualTo(bare.invoke(event));
      }
      assertThat(withoutSignOfLife(guarded.printedWhenIdle(1))).isEqualTo(bare.printedWhenIdle(1));
    }
  }

  @Test
  void context_guarded_isTheSame() throws Exception {
    Event event =
        Event.of("request-1", "1")
            .with("Lambda-Runtime-Trace-Id", "Root=1-5f;Sampled=1")
            .with("Lambda-Runtime-Aws-Tenant-Id", "acme")
            .with("Lambda-Runtime-Cognito-Identity", "{\"cognitoIdentityId\":\"i\"}")
            .with(
                "Lambda-Runtime-Client-Context",
                "{\"client\":{\"app_title\":\"shop\"},\"custom\":{\"a\":\"b\"},"
                    + "\"env\":{\"platform\":\"Android\"}}");
    String handler = FORMS + "Methods::contextEcho";
    try (Environment bare = bare(handler);
        Environment guarded = guarded(GUARD, handler)) {
      Answer answer = guarded.invoke(event);
      assertThat(answer.body())
          .contains("shop", "Android", "acme", "Root=1-5f", "\"hasTime\":true");
      assertThat(answer).isEqualTo(bare.invoke(event));
      assertThat(withoutSignOfLife(guarded.printedWhenIdle(1)))
          .contains("logged by the handler", "CustomerClassLoader")
          .isEqualTo(bare.printedWhenIdle(1));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"FailsInConstructor", "FailsInClass", "FailsInConstructor::handleRequest"})
  void handlerThatCannotBeMade_guarded_isTheSameInitError(String form) throws Exception {
    try (Environment bare = bare(FORMS + form);
        Environment guarded = guarded(GUARD, FORMS + form)) {
      assertThat(guarded.initError()).isEqualTo(bare.initError());
      assertThat(guarded.exitStatus()).isEqualTo(bare.exitStatus());
      assertThat(guarded.printed()).contains("Forms$FailsIn").isEqualTo(bare.printed());
    }
  }

  @Test
  void outOfMemory_guarded_endsTheRuntimeAsWithoutTheGuard() throws Exception {
    String handler = FORMS + "OutOfMemory";
    try (Environment bare = bare(handler);
        Environment guarded = guarded(GUARD, handler)) {
      assertThat(guarded.invoke("1")).isEqualTo(bare.invoke("1"));
      assertThat(guarded.exitStatus()).isEqualTo(bare.exitStatus());
      assertThat(withoutSignOfLife(guarded.printed())).isEqualTo(bare.printed());
    }
  }

  @Test
  void classThatIsNotThere_oneMessage() throws Exception {
    try (Environment guarded = guarded(GUARD, "com.acme.Missing::run")) {
      assertThat(guarded.initError().body())
          .contains("LEAKGUARD_HANDLER must name a class of the function: com.acme.Missing::run");
      assertThat(guarded.exitStatus()).isEqualTo(1);
    }
  }
}
