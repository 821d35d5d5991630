package io.leakguard.chaos.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The HTTP API: the same JSON, statuses and errors of both servers. */
@ParameterizedClass(name = "{0}")
@EnumSource(Implementation.class)
class ApiContractTest extends ProxyFixture {
  private void expectError(Answer answer, int status, String message) {
    assertThat(answer.json())
        .isEqualTo(
            JsonParser.parseString(
                "{\"error\": \"%s\", \"status\": %d}".formatted(message, status)));
    assertThat(answer.status()).isEqualTo(status);
  }

  @Test
  void version_isThePinnedOne() {
    assertThat(get("/version").field("version")).isEqualTo("2.12.0");
  }

  @Test
  void create_listensOnAFreePort_andIsShown() throws IOException {
    Answer created = post("/proxies", definition("p"));
    assertThat(created.status()).isEqualTo(201);
    JsonObject json = created.json().getAsJsonObject();
    assertThat(port(json)).isPositive();
    assertThat(json.get("name").getAsString()).isEqualTo("p");
    assertThat(json.get("upstream").getAsString()).isEqualTo(upstreamAddress());
    assertThat(json.get("enabled").getAsBoolean()).isTrue();
    assertThat(json.get("toxics").getAsJsonArray()).isEmpty();
    assertThat(get("/proxies/p").json()).isEqualTo(json);
    assertThat(get("/proxies").json().getAsJsonObject().get("p")).isEqualTo(json);
    Pair pair = connect(port(json));
    expectPassing(pair.client(), pair.server(), "hello");
  }

  @Test
  void create_disabled_doesNotListenUntilEnabled() throws IOException {
    Answer created = post("/proxies", definition("p").replace("}", ", \"enabled\": false}"));
    assertThat(created.field("listen")).isEqualTo("127.0.0.1:0");
    assertThat(created.field("enabled")).isEqualTo("false");
    Answer enabled = call("PATCH", "/proxies/p", "{\"enabled\": true}");
    assertThat(enabled.status()).isEqualTo(200);
    Pair pair = connect(port(enabled));
    expectPassing(pair.client(), pair.server(), "hello");
  }

  @Test
  void create_twice_isAConflict() {
    makeProxy();
    expectError(post("/proxies", definition("p")), 409, "proxy already exists");
  }

  @Test
  void create_withoutAField_namesIt() {
    expectError(
        post("/proxies", "{\"upstream\": \"127.0.0.1:1\"}"), 400, "missing required field: name");
    expectError(post("/proxies", "{\"name\": \"p\"}"), 400, "missing required field: upstream");
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"[]", "{\"name\": 5}", "{\"name\": \"p\", \"enabled\": 1}", "x", "\"x\""})
  void create_ofABadBody_isRefused(String body) {
    Answer answer = post("/proxies", body);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.field("error")).startsWith("bad request body: ");
    assertThat(answer.field("status")).isEqualTo("400");
  }

  @Test
  void create_ofAnEmptyOrCutBody_saysSo() {
    expectError(post("/proxies", ""), 400, "bad request body: EOF");
    expectError(post("/proxies", "{"), 400, "bad request body: unexpected EOF");
  }

  @Test
  void create_readsNamesInAnyCase_andIgnoresWhatItDoesNotKnow() {
    Answer created =
        post(
            "/proxies",
            "{\"NAME\": \"p\", \"Upstream\": \"127.0.0.1:1\", \"listen\": \"127.0.0.1:0\","
                + " \"colour\": 1, \"enabled\": null} and more");
    assertThat(created.status()).isEqualTo(201);
    assertThat(created.field("enabled")).isEqualTo("true");
  }

  @Test
  void create_onATakenPort_isRefusedAndNotKept() throws IOException {
    try (ServerSocket taken = new ServerSocket(0)) {
      String listen = "127.0.0.1:" + taken.getLocalPort();
      expectError(
          post("/proxies", definition("p").replace("127.0.0.1:0", listen)),
          500,
          "listen tcp " + listen + ": bind: address already in use");
    }
    expectError(get("/proxies/p"), 404, "proxy not found");
  }

  @Test
  void create_whereNothingCanListen_isRefused() {
    expectError(
        post("/proxies", definition("p").replace("127.0.0.1:0", "nowhere")),
        500,
        "listen tcp: address nowhere: missing port in address");
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "GET, /proxies/x",
    "POST, /proxies/x",
    "PATCH, /proxies/x",
    "DELETE, /proxies/x",
    "GET, /proxies/x/toxics",
    "POST, /proxies/x/toxics",
    "GET, /proxies/x/toxics/t",
    "DELETE, /proxies/x/toxics/t"
  })
  void unknownProxy_isNotFound(String method, String path) {
    expectError(call(method, path, "{}"), 404, "proxy not found");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"GET", "POST", "PATCH", "DELETE"})
  void unknownToxic_isNotFound(String method) {
    makeProxy();
    expectError(call(method, "/proxies/p/toxics/t", "{}"), 404, "toxic not found");
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "GET, /, 404",
    "GET, /proxy, 404",
    "GET, /proxies/p/x, 404",
    "GET, /proxies/p/toxics/t/x, 404",
    "POST, /version, 405",
    "GET, /reset, 405",
    "GET, /populate, 405",
    "DELETE, /proxies, 405",
    "PUT, /proxies/p, 405",
    "PATCH, /proxies/p/toxics, 405",
    "PUT, /proxies/p/toxics/t, 405"
  })
  void unknownPathOrMethod_isRefused(String method, String path, int status) {
    makeProxy();
    assertThat(call(method, path, "").status()).isEqualTo(status);
  }

  @Test
  void browser_isRefused() {
    assertThat(browse("/version")).isEqualTo(new Answer(403, "User agent not allowed\n"));
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"POST", "PATCH"})
  void update_ofTheUpstream_keepsThePort_andClosesWhatIsOpen(String method) throws IOException {
    int port = makeProxy();
    Pair before = connect(port);
    expectPassing(before.client(), before.server(), "hello");
    try (ServerSocket other = new ServerSocket(0)) {
      String address = "127.0.0.1:" + other.getLocalPort();
      Answer updated = call(method, "/proxies/p", "{\"upstream\": \"" + address + "\"}");
      assertThat(updated.field("upstream")).isEqualTo(address);
      assertThat(port(updated)).isEqualTo(port);
      assertThat(next(before.client())).isEqualTo("FIN");
      dial(port);
      other.setSoTimeout(5_000);
      other.accept().close();
    }
  }

  @Test
  void update_ofNothing_changesNothing() throws IOException {
    int port = makeProxy();
    Pair pair = connect(port);
    Answer before = get("/proxies/p");
    assertThat(call("PATCH", "/proxies/p", "{}")).isEqualTo(before);
    expectPassing(pair.server(), pair.client(), "still open");
  }

  @Test
  void delete_forgets_andFreesThePort() throws IOException {
    int port = makeProxy();
    assertThat(call("DELETE", "/proxies/p", "")).isEqualTo(new Answer(204, ""));
    expectError(get("/proxies/p"), 404, "proxy not found");
    Answer again = post("/proxies", definition("p").replace(":0\"", ":" + port + "\""));
    assertThat(port(again)).isEqualTo(port);
  }

  @Test
  void populate_makesReplacesAndKeeps() throws IOException {
    Answer made = post("/populate", "[" + definition("a") + "," + definition("b") + "]");
    assertThat(made.status()).isEqualTo(201);
    JsonObject a = made.json().getAsJsonObject().getAsJsonArray("proxies").get(0).getAsJsonObject();
    JsonObject b = made.json().getAsJsonObject().getAsJsonArray("proxies").get(1).getAsJsonObject();
    Pair kept = connect(port(a));
    String same = definition("a").replace(":0\"", ":" + port(a) + "\"");
    String moved = definition("b").replace(upstreamAddress(), "127.0.0.1:1");
    Answer again = post("/populate", "[" + same + "," + moved + "]");
    assertThat(again.json().getAsJsonObject().getAsJsonArray("proxies").get(0)).isEqualTo(a);
    assertThat(get("/proxies/b").field("upstream")).isEqualTo("127.0.0.1:1");
    assertThat(get("/proxies/b").json()).isNotEqualTo(b);
    expectPassing(kept.client(), kept.server(), "still open");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "[]|201|{\"proxies\": null}",
        "[{\"upstream\": \"u:1\"}]|400|{\"error\": \"missing required field: name at proxy 1\","
            + " \"status\": 400, \"proxies\": null}",
        "[{\"name\": \"a\"}]|400|{\"error\": \"missing required field: upstream at proxy 1\","
            + " \"status\": 400, \"proxies\": null}"
      })
  void populate_ofLess_says(String body, int status, String expected) {
    Answer answer = post("/populate", body);
    assertThat(answer.json()).isEqualTo(JsonParser.parseString(expected));
    assertThat(answer.status()).isEqualTo(status);
  }

  @Test
  void populate_ofABadBody_isRefused() {
    Answer answer = post("/populate", "{}");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.field("error")).startsWith("bad request body: ");
  }

  @Test
  void reset_enablesProxies_andRemovesToxics() throws IOException {
    int port = makeProxy();
    toxic("timeout", "downstream", "{\"timeout\": 0}");
    toxic("latency", "upstream", "{\"latency\": 60000}");
    call("PATCH", "/proxies/p", "{\"enabled\": false}");
    assertThat(post("/reset", "")).isEqualTo(new Answer(204, ""));
    assertThat(get("/proxies/p").field("enabled")).isEqualTo("true");
    assertThat(get("/proxies/p/toxics").json().getAsJsonArray()).isEmpty();
    Pair pair = connect(port);
    expectPassing(pair.client(), pair.server(), "request");
    expectPassing(pair.server(), pair.client(), "answer");
  }

  @Test
  void toxic_isNamedByTypeAndStream_andShown() {
    makeProxy();
    Answer added =
        post("/proxies/p/toxics", "{\"type\": \"latency\", \"attributes\": {\"latency\": 10}}");
    assertThat(added.status()).isEqualTo(200);
    assertThat(added.json())
        .isEqualTo(
            JsonParser.parseString(
                "{\"attributes\": {\"latency\": 10, \"jitter\": 0}, \"name\":"
                    + " \"latency_downstream\", \"type\": \"latency\", \"stream\": \"downstream\","
                    + " \"toxicity\": 1}"));
    assertThat(get("/proxies/p/toxics/latency_downstream")).isEqualTo(added);
    assertThat(get("/proxies/p/toxics").json().getAsJsonArray()).containsExactly(added.json());
    assertThat(get("/proxies/p").json().getAsJsonObject().getAsJsonArray("toxics"))
        .containsExactly(added.json());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "noop|{}",
        "latency|{\"latency\": 1, \"jitter\": 2}",
        "bandwidth|{\"rate\": 3}",
        "slow_close|{\"delay\": 4}",
        "timeout|{\"timeout\": 5}",
        "reset_peer|{\"timeout\": 6}",
        "slicer|{\"average_size\": 7, \"size_variation\": 2, \"delay\": 8}",
        "limit_data|{\"bytes\": 9}"
      })
  void toxic_ofEachType_keepsItsAttributes(String type, String attributes) {
    makeProxy();
    toxic(type, "upstream", attributes);
    assertThat(get("/proxies/p/toxics/" + type).json().getAsJsonObject().get("attributes"))
        .isEqualTo(JsonParser.parseString(attributes));
  }

  @Test
  void toxics_areListedByStream_thenInTheOrderOfTheirMaking() {
    makeProxy();
    toxic("slicer", "downstream", "{}");
    toxic("latency", "downstream", "{}");
    toxic("timeout", "upstream", "{}");
    assertThat(get("/proxies/p/toxics").json().getAsJsonArray())
        .extracting(json -> json.getAsJsonObject().get("name").getAsString())
        .containsExactly("timeout", "slicer", "latency");
  }

  @Test
  void toxic_update_changesWhatIsGiven() {
    makeProxy();
    toxic("latency", "downstream", "{\"latency\": 10, \"jitter\": 5}");
    call("PATCH", "/proxies/p/toxics/latency", "{\"attributes\": {\"latency\": 20}}");
    Answer updated = post("/proxies/p/toxics/latency", "{\"toxicity\": 0.25, \"name\": \"other\"}");
    assertThat(updated.json())
        .isEqualTo(
            JsonParser.parseString(
                "{\"attributes\": {\"latency\": 20, \"jitter\": 5}, \"name\": \"latency\","
                    + " \"type\": \"latency\", \"stream\": \"downstream\", \"toxicity\": 0.25}"));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"type\": \"nope\"}|400|invalid toxic type",
        "{}|400|invalid toxic type",
        "{\"type\": \"latency\", \"stream\": \"sideways\"}|400|stream was invalid, can be either"
            + " upstream or downstream",
        "{\"type\": \"noop\", \"name\": \"taken\"}|409|toxic already exists",
        "{\"type\": \"noop\", \"name\": \"taken\", \"stream\": \"upstream\"}|409|toxic already"
            + " exists"
      })
  void toxic_thatCannotBe_isRefused(String body, int status, String message) {
    makeProxy();
    post("/proxies/p/toxics", "{\"type\": \"noop\", \"name\": \"taken\"}");
    expectError(post("/proxies/p/toxics", body), status, message);
    assertThat(get("/proxies/p/toxics").json().getAsJsonArray()).hasSize(1);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"\"x\"", "1.5", "{}", "true"})
  void toxic_withAnAttributeOfAnotherType_isRefused(String value) {
    makeProxy();
    Answer answer =
        post(
            "/proxies/p/toxics",
            "{\"type\": \"latency\", \"attributes\": {\"latency\": " + value + "}}");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.field("error")).startsWith("bad request body: ");
    assertThat(get("/proxies/p/toxics").json().getAsJsonArray()).isEmpty();
  }
}
