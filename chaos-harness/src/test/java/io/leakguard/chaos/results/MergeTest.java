package io.leakguard.chaos.results;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MergeTest {
  private static Results merged(JsonObject... roots) {
    Map<String, JsonObject> files = new LinkedHashMap<>();
    for (int i = 0; i < roots.length; i++) {
      files.put((char) ('A' + i) + ".json", roots[i]);
    }
    return ResultsFile.model(Merge.of(files));
  }

  @Test
  void of_oneWholeRun_isThatRun() {
    JsonObject root = Roots.of("F slow clean");
    assertThat(Merge.of(Map.of("A.json", root))).isEqualTo(root);
  }

  @Test
  void of_allShards_isTheWhole() {
    Results whole =
        merged(Roots.shard("2/2", "F slow clean"), Roots.shard("1/2", "G slow leak 7c1f 1.0"));
    assertThat(whole.cells()).extracting(CellResult::function).containsExactly("F", "G");
    assertThat(whole.missingShards()).isEmpty();
    assertThat(whole.shard()).isEmpty();
    assertThat(whole.seconds()).isEqualTo(21.0);
    assertThat(whole.runs()).extracting(Results.MergedRun::shard).containsExactly("2/2", "1/2");
    assertThat(whole.exitCode()).isEqualTo(2);
  }

  @Test
  void of_allShards_hasCellsInTheOrderOfTheRun() {
    JsonObject first = Roots.shard("1/2", "F slow clean", "G fast clean");
    JsonObject second = Roots.shard("2/2", "G slow clean", "F fast clean", "F other clean");
    for (JsonObject root : List.of(first, second)) {
      root.add("shapes", JsonParser.parseString("[\"fast\", \"slow\"]"));
      root.add("functions", JsonParser.parseString("{\"G\": {}, \"F\": {}}"));
    }
    assertThat(merged(first, second).cells())
        .extracting(cell -> cell.function() + " " + cell.shape())
        .containsExactly("G fast", "F fast", "G slow", "F slow", "F other");
  }

  @Test
  void of_anOrderThatIsNone_isPassedOver() {
    JsonObject root = Roots.shard("1/1", "F slow clean", "F fast clean");
    root.add("shapes", JsonParser.parseString("[1, null, {}]"));
    JsonObject other = Roots.shard("1/1", "G slow clean");
    other.addProperty("shapes", "slow");
    assertThat(merged(root).cells()).hasSize(2);
    assertThat(merged(other, root).cells()).hasSize(3);
  }

  @Test
  void of_lackingShard_isNamedAndIsNotClean() {
    Results whole = merged(Roots.shard("1/3", "F slow clean"), Roots.shard("3/3", "G slow clean"));
    assertThat(whole.missingShards()).containsExactly("2/3");
    assertThat(whole.exitCode()).isEqualTo(4);
  }

  @Test
  void of_oneShardAlone_lacksTheOthers() {
    assertThat(merged(Roots.shard("1/2", "F slow clean")).missingShards()).containsExactly("2/2");
  }

  @Test
  void of_mergedRunsMergedAgain_knowTheirShards() {
    JsonObject first =
        Merge.of(
            Map.of(
                "A.json", Roots.shard("1/3", "F slow clean"),
                "B.json", Roots.shard("2/3", "G slow clean")));
    Results whole = merged(first, Roots.shard("3/3", "H slow clean"));
    assertThat(whole.missingShards()).isEmpty();
    assertThat(whole.runs()).hasSize(3);
    assertThat(whole.exitCode()).isZero();
  }

  @Test
  void of_sameVerdictTwice_isFine() {
    Results whole = merged(Roots.of("F slow clean"), Roots.of("F slow clean"));
    assertThat(whole.cells()).hasSize(1);
    assertThat(whole.conflicts()).isEmpty();
  }

  @Test
  void of_otherVerdict_isNamedAndTheGraverOneStays() {
    Results whole =
        merged(
            Roots.of("F slow leak 7c1f 1.0", "G slow clean"),
            Roots.of("F slow clean", "G slow harness-fault"));
    assertThat(whole.conflicts())
        .containsExactly(
            "F under slow: leak in A.json, clean in B.json",
            "G under slow: clean in A.json, harness-fault in B.json");
    assertThat(whole.cells())
        .extracting(CellResult::verdict)
        .containsExactly("leak", "harness-fault");
  }

  @Test
  void of_oneUnsoundRun_isUnsound() {
    JsonObject unsound = Roots.of("F slow clean");
    unsound.getAsJsonObject("controls").addProperty("positive", "clean");
    assertThat(merged(Roots.of("G slow clean"), unsound).controlsHold()).isFalse();
    assertThat(merged(unsound, Roots.of("G slow clean")).controlsHold()).isFalse();
  }

  @Test
  void of_whatOneRunCouldNotDo_anotherMayHaveDone() {
    JsonObject without = Roots.of("F slow clean");
    without.add("notRun", JsonParser.parseString("{\"G\": \"no JDK 25\", \"H\": \"not Java\"}"));
    without.add(
        "shapesNotRun",
        JsonParser.parseString(
            "[{\"function\": \"F\", \"shape\": \"storm\", \"reason\": \"no time\"},"
                + "{\"function\": \"F\", \"shape\": \"quota\", \"reason\": \"no user\"}]"));
    Results whole = merged(without, Roots.of("G slow clean", "F storm clean"));
    assertThat(whole.notRun()).containsOnlyKeys("H");
    assertThat(whole.shapesNotRun()).extracting(Results.NotRun::shape).containsExactly("quota");
  }

  @Test
  void of_unknownNames_areKept() {
    JsonObject root = Roots.shard("1/1", "F slow clean");
    root.addProperty("ofALaterVersion", "x");
    assertThat(Merge.of(Map.of("A.json", root)).get("ofALaterVersion").getAsString())
        .isEqualTo("x");
  }
}
