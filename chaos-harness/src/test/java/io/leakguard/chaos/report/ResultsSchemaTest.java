package io.leakguard.chaos.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.leakguard.chaos.results.Merge;
import io.leakguard.chaos.results.Results;
import io.leakguard.chaos.results.ResultsFile;
import io.leakguard.chaos.verdict.Course;
import io.leakguard.chaos.verdict.Judgement;
import io.leakguard.chaos.verdict.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** {@code docs/results.schema.json} says what is written: no name is missing there. */
class ResultsSchemaTest {
  private static final Path SCHEMA = Path.of("../docs/results.schema.json");

  /** The schema with every object closed, so that a name that it does not tell is an error. */
  private static JsonSchema closed() throws IOException {
    JsonObject schema = JsonParser.parseString(Files.readString(SCHEMA)).getAsJsonObject();
    close(schema);
    return schema(schema.toString());
  }

  private static void close(JsonElement element) {
    if (element.isJsonArray()) {
      element.getAsJsonArray().forEach(ResultsSchemaTest::close);
    } else if (element.isJsonObject()) {
      JsonObject object = element.getAsJsonObject();
      object.entrySet().forEach(entry -> close(entry.getValue()));
      if (object.has("properties") && object.has("type")) {
        object.addProperty("additionalProperties", false);
      }
    }
  }

  private static JsonSchema schema(String text) {
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(text);
  }

  private static Set<ValidationMessage> check(JsonSchema schema, JsonObject results) {
    return schema.validate(results.toString(), InputFormat.JSON);
  }

  @Test
  void schema_realRun_isValidAndFullyDescribed() throws IOException {
    assertThat(check(closed(), SampleRun.tree())).isEmpty();
  }

  @Test
  void schema_mergedRun_isValidAndFullyDescribed() throws IOException {
    Map<String, JsonObject> files = new LinkedHashMap<>();
    JsonObject shard = SampleRun.tree();
    shard.addProperty("shard", "1/2");
    files.put("A.json", shard);
    files.put("B.json", SampleRun.tree());
    assertThat(check(closed(), Merge.of(files))).isEmpty();
  }

  @Test
  void schema_runWithoutCells_isValid() throws IOException {
    RunReport report =
        new RunReport(
            Instant.EPOCH,
            Duration.ofSeconds(1),
            "template.yaml",
            Map.of(),
            1,
            Verdict.CLEAN,
            Verdict.LEAK,
            List.of(new Cell("F", true, "s", Judgement.harnessFault("of the reason"), "./chaos")),
            List.of(new ShapeNotRun("F", "quota", "no user")),
            Map.of("G", "not Java"),
            false);
    assertThat(check(closed(), ResultsJson.tree(report))).isEmpty();
  }

  @Test
  void schema_stagingRun_isValidAndNeedsNoControls() throws IOException {
    Cell cell =
        new Cell(
            "F",
            true,
            "s",
            Judgement.of(Verdict.CLEAN, "", Map.of(), List.of())
                .withCourse(course(Course.Calls.UNKNOWN)),
            "./chaos");
    JsonObject tree =
        ResultsJson.tree(
            RunReport.ofStaging(
                Instant.EPOCH,
                Duration.ofSeconds(1),
                "staging.yaml",
                Map.of(),
                1,
                List.of(cell),
                List.of()));
    assertThat(check(closed(), tree)).isEmpty();
    Results results = ResultsFile.model(tree);
    assertThat(results.hasNoControls()).isTrue();
    assertThat(results.exitCode()).isZero();
    assertThat(tree.getAsJsonArray("cells").get(0).getAsJsonObject().has("upstream")).isFalse();
    // Beside a local run the local controls speak.
    Map<String, JsonObject> files = new LinkedHashMap<>();
    files.put("staging.json", tree);
    files.put("local.json", SampleRun.tree());
    Results merged = ResultsFile.model(Merge.of(files));
    assertThat(merged.controls()).isEqualTo(ResultsFile.model(SampleRun.tree()).controls());
  }

  private static Course course(Course.Calls calls) {
    return new Course(
        Duration.ofSeconds(1),
        1,
        List.of(),
        List.of(),
        List.of(),
        Course.Stacks.NONE,
        Course.Stacks.NONE,
        calls);
  }

  @Test
  void schema_laterNames_areAllowedAndWrongTypesAreNot() throws IOException {
    JsonSchema schema = schema(Files.readString(SCHEMA));
    JsonObject later = SampleRun.tree();
    later.addProperty("ofALaterVersion", true);
    assertThat(check(schema, later)).isEmpty();
    later.addProperty("seconds", "41");
    assertThat(check(schema, later)).hasSize(1);
  }

  @Test
  void schema_version_isThatOfTheReader() throws IOException {
    JsonObject schema = JsonParser.parseString(Files.readString(SCHEMA)).getAsJsonObject();
    assertThat(
            schema
                .getAsJsonObject("properties")
                .getAsJsonObject("schemaVersion")
                .get("const")
                .getAsInt())
        .isEqualTo(ResultsFile.SCHEMA_VERSION);
  }
}
