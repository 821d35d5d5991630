package io.leakguard.chaos.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PoisonedBatchTest {
  private static final String BATCH =
      """
      {"Records":[
        {"body":"{'a':1}","attributes":{"ApproximateReceiveCount":"1"}},
        {"body":"{'b':2}","attributes":{"ApproximateReceiveCount":"1"}}]}
      """;

  @Test
  void of_batch_cutsTheLastBodyAlone() {
    JsonArray records =
        JsonParser.parseString(PoisonedBatch.of(BATCH, 3))
            .getAsJsonObject()
            .getAsJsonArray("Records");
    JsonObject last = records.get(1).getAsJsonObject();
    assertThat(records.get(0).getAsJsonObject().get("body").getAsString()).isEqualTo("{'a':1}");
    assertThat(last.get("body").getAsString()).isEqualTo("{'b");
    assertThat(last.getAsJsonObject("attributes").get("ApproximateReceiveCount").getAsString())
        .isEqualTo("3");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{}", "[]", "1", "{\"Records\":[]}", "{\"Records\":[{\"s3\":{}}]}", "<a/>"})
  void isBatch_anythingElse_isNone(String event) {
    assertThat(PoisonedBatch.isBatch(event)).isFalse();
  }
}
