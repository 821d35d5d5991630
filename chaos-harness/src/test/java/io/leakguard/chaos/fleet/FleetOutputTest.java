package io.leakguard.chaos.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How a report looks, on rows as Logs Insights would answer with them. */
class FleetOutputTest {
  private static final Instant NOW = Instant.parse("2026-11-26T05:00:00Z");
  private static final Window WINDOW = Window.until(NOW, Duration.ofHours(24));
  private static final Window BEFORE = WINDOW.before(Duration.ofHours(24));

  private final List<Map<String, String>> now = new ArrayList<>();
  private final List<Map<String, String>> before = new ArrayList<>();
  private final FakeAccount account =
      new FakeAccount()
          .function("orders", "java21", "team|shop")
          .function("prices", "java21", "")
          .function("batch", "image", "")
          .function("site", "nodejs22.x", "")
          .logGroup("/aws/lambda/orders", 1, NOW)
          .logGroup("/aws/lambda/prices", 0, NOW)
          .logGroup("/aws/lambda/batch", 0, NOW);

  private static Map<String, String> row(
      String function, String version, String fingerprint, String verdict, int lines) {
    return new HashMap<>(
        Map.of(
            "FunctionName",
            function,
            "FunctionVersion",
            version,
            "fingerprint",
            fingerprint,
            "verdict",
            verdict,
            "kind",
            "thread",
            "lines",
            String.valueOf(lines),
            "firstSeen",
            "2026-11-25 14:00:00.000",
            "lastSeen",
            String.valueOf(NOW.minusSeconds(60).toEpochMilli()),
            "threads",
            "12.0",
            "familyName",
            "pool-N"));
  }

  private FleetReport report(int top) {
    FleetQuestion question =
        new FleetQuestion("/aws/lambda/", WINDOW, BEFORE, top, "owner", false, 0.005);
    Engine engine =
        new Engine() {
          @Override
          public Answer ask(GuardQuery query, String prefix) {
            return new Answer(
                query.window().equals(WINDOW) ? now : before, new Cost(1, 2e9, 1_000_000));
          }

          @Override
          public Answer ask(GuardQuery query, List<String> groups) {
            throw new IllegalStateException("asked by prefix");
          }
        };
    return new Fleet(question, engine, account, said -> {}).report();
  }

  private static JsonSchema closedSchema() throws IOException {
    JsonObject schema =
        JsonParser.parseString(Files.readString(Path.of("../docs/fleet.schema.json")))
            .getAsJsonObject();
    close(schema);
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
        .getSchema(schema.toString());
  }

  private static void close(JsonElement element) {
    if (element.isJsonArray()) {
      element.getAsJsonArray().forEach(FleetOutputTest::close);
    } else if (element.isJsonObject()) {
      JsonObject object = element.getAsJsonObject();
      object.entrySet().forEach(entry -> close(entry.getValue()));
      if (object.has("properties") && object.has("type")) {
        object.addProperty("additionalProperties", false);
      }
    }
  }

  private void fill() {
    now.add(row("orders", "12", "aaaaaaaaaaaa", "GROWING", 40));
    now.add(row("prices", "3", "aaaaaaaaaaaa", "GROWING", 4));
    now.add(row("orders", "12", "bbbbbbbbbbbb", "GROWING", 90));
    now.add(row("orders", "9", "bbbbbbbbbbbb", "GROWING", 10));
    now.add(row("orders", "12", "cccccccccccc", "GROWING", 300));
    now.add(row("orders", "12", "dddddddddddd", "ESCAPED", 5));
    before.add(row("orders", "12", "bbbbbbbbbbbb", "GROWING", 20));
    before.add(row("orders", "12", "cccccccccccc", "GROWING", 290));
    before.add(row("orders", "12", "eeeeeeeeeeee", "GROWING", 1));
    before.add(row("orders", "12", "dddddddddddd", "ESCAPED", 5));
    now.get(2).put("commit", "5e2f0ab9c1d2e3f4a5b6");
    now.get(2).put("creators", "com.acme.Orders.price(Orders.java:58)\ncom.acme.Orders.handle");
    now.get(2).put("meaning", "a pool is created per invocation and never shut down");
  }

  @Test
  void text_newThenGrownThenKnown() {
    fill();
    List<String> lines = FleetText.lines(report(20));

    assertThat(lines.stream().filter(line -> line.matches("(new|x ).*")))
        .extracting(line -> line.replaceAll(" +", " ").replaceFirst(" 11-.*", ""))
        .containsExactly(
            "new 44 0 aaaaaaaaaaaa", "x 5.0 100 20 bbbbbbbbbbbb", "x 1.0 300 290 cccccccccccc");
    assertThat(lines)
        .contains(
            "3 leaks: 1 new, 1 more than doubled, 1 as before; 1 of the window before gone",
            "1 suspect, not confirmed, not shown",
            "a guard was heard in 2 of 3 functions; 0 wrote nothing in both windows; 1 of other"
                + " runtimes left out",
            "    batch (image), last line 11-26 05:00",
            "note: 1 of 3 log groups do not keep lines as long as both windows: there, new may be"
                + " old",
            "cost: 2 queries, 2,000,000 lines and 4.000 GB scanned, about 0.0200 USD at 0.005 USD"
                + " per GB",
            "  (us-east-1's list price for Logs Insights)");
    assertThat(lines).allMatch(line -> line.length() <= 100);
    assertThat(String.join("\n", lines))
        .contains("orders 9, 12 ", "orders 12 and 1 more")
        .contains("started  com.acme.Orders.price(Orders.java:58)\n");
  }

  @Test
  void text_top_saysThatThereIsMore() {
    fill();

    assertThat(FleetText.lines(report(2)))
        .contains("the first 2 of them are shown")
        .noneMatch(line -> line.contains("cccccccccccc"));
  }

  @Test
  void json_everyName_isInTheSchema() throws IOException {
    fill();
    JsonObject json = FleetJson.tree(report(20));

    assertThat(closedSchema().validate(json.toString(), InputFormat.JSON)).isEmpty();
    json.addProperty("unheard", true);
    assertThat(closedSchema().validate(json.toString(), InputFormat.JSON)).isNotEmpty();
  }

  @Test
  void json_newLeak_hasNoGrowth() {
    fill();
    JsonObject json = FleetJson.tree(report(20));

    assertThat(json.getAsJsonArray("leaks").get(0).getAsJsonObject().has("growth")).isFalse();
    assertThat(json.getAsJsonArray("leaks").get(1).getAsJsonObject().get("growth").getAsDouble())
        .isEqualTo(5);
  }

  @Test
  void everyForm_hostileText_staysText() {
    Map<String, String> hostile = row("orders", "12", "f\u001b[31m`|", "GROWING", 1);
    hostile.put("familyName", "<script>|**\u202e\n# head");
    hostile.put("creators", "![x](http://example.com)\nsecond");
    now.add(hostile);
    String markdown = FleetMarkdown.text(report(20));

    assertThat(markdown)
        .doesNotContain("<script>", "\u001b", "\u202e", "![x](")
        .contains("&lt;script&gt;\\|\\*\\*??# head");
    assertThat(markdown.lines().filter(line -> line.startsWith("| **new**")))
        .singleElement()
        .satisfies(line -> assertThat(line.split("(?<!\\\\)\\|", -1)).hasSize(10));
    assertThat(String.join("\n", FleetText.lines(report(20)))).doesNotContain("\u001b", "\u202e");
  }

  @Test
  void report_rowsOfNobodysQuery_isOneError() {
    now.add(Map.of("@ptr", "abc"));

    assertThatThrownBy(() -> report(20))
        .isInstanceOf(FleetException.class)
        .hasMessageContaining("a row of another query");
  }

  @Test
  void deploy_mutableVersion_isToldByItsCommit() {
    Build one = new Build("$LATEST", "aaa");
    assertThat(one.differsFrom(new Build("$LATEST", "bbb"))).isTrue();
    assertThat(one.differsFrom(new Build("$LATEST", ""))).isFalse();
    assertThat(new Build("7", "aaa").differsFrom(new Build("7", ""))).isFalse();
    assertThat(new Build("7", "aaa").differsFrom(new Build("8", "aaa"))).isTrue();
  }

  @Test
  void exitCode_cutOff_isFour_unlessSomethingIsNew() {
    FleetReport.Counts none = new FleetReport.Counts(0, 0, 0, 0, 0);
    FleetReport.Counts fresh = new FleetReport.Counts(1, 1, 0, 0, 0);

    assertThat(reportOf(none, true).exitCode(FleetReport.Policy.GROWN, false)).isZero();
    assertThat(reportOf(none, false).exitCode(FleetReport.Policy.GROWN, false)).isEqualTo(4);
    assertThat(reportOf(fresh, false).exitCode(FleetReport.Policy.GROWN, false)).isEqualTo(2);
  }

  private static FleetReport reportOf(FleetReport.Counts counts, boolean complete) {
    FleetQuestion question =
        new FleetQuestion("/aws/lambda/", WINDOW, BEFORE, 20, "owner", false, 0.005);
    Coverage coverage = new Coverage(0, 0, List.of(), 0, 0, true);
    return new FleetReport(
        question, "here", List.of(), counts, coverage, Cost.NONE, complete, List.of());
  }

  @Test
  void reader_fullAnswerOfTheShortestWindow_isCutOffAndSaysSo() {
    List<Map<String, String>> full = new ArrayList<>();
    for (int i = 0; i < GuardQuery.ROW_LIMIT; i++) {
      full.add(row("orders", String.valueOf(i), "aaaaaaaaaaaa", "GROWING", 1));
    }
    int[] asked = new int[1];
    Engine engine =
        new Engine() {
          @Override
          public Answer ask(GuardQuery query, String prefix) {
            asked[0]++;
            return new Answer(full, new Cost(1, 1, 1));
          }

          @Override
          public Answer ask(GuardQuery query, List<String> groups) {
            throw new IllegalStateException("asked by prefix");
          }
        };
    Reading reading = Reader.ofPrefix(engine, "/").read(Window.until(NOW, Duration.ofMinutes(4)));

    assertThat(reading.cutOff()).hasSize(4);
    assertThat(asked[0]).isEqualTo(7);
    assertThat(reading.cost()).isEqualTo(new Cost(7, 7, 7));
    assertThat(reading.rows()).hasSize(GuardQuery.ROW_LIMIT);
    assertThat(reading.rows().get(0).lines()).isEqualTo(4);
  }
}
