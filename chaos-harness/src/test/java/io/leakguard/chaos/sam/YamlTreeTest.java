package io.leakguard.chaos.sam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlTreeTest {
  private static final Origin ORIGIN = new Origin(Path.of("t.yaml"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "!Ref A | Ref",
        "!Condition A | Condition",
        "!Sub A | Fn::Sub",
        "!GetAtt A | Fn::GetAtt",
        "!Any::Thing A | Fn::Any::Thing"
      })
  void parse_shortForm_becomesLongForm(String text, String name) {
    assertThat(only(text)).isEqualTo(new Value.Fields(Map.of(name, new Value.Text("A", 1)), 1));
  }

  @Test
  void parse_shortFormOfCollection_keepsItsItems() {
    assertThat(only("!Join ['-', [a]]"))
        .isEqualTo(
            new Value.Fields(
                Map.of(
                    "Fn::Join",
                    new Value.Items(
                        List.of(
                            new Value.Text("-", 1),
                            new Value.Items(List.of(new Value.Text("a", 1)), 1)),
                        1)),
                1));
  }

  @Test
  void parse_loneDashInAList_isText() {
    assertThat(only("!Split [ -, [a-b, - ], 'c - d']"))
        .isEqualTo(only("!Split [ '-', ['a-b', '-' ], 'c - d']"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "~", "null", "Null", "NULL"})
  void parse_null_isMissing(String text) {
    assertThat(only(text)).isInstanceOf(Value.Missing.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"null\" | null",
        "\"~\" | ~",
        "!!str text | text",
        "nULL | nULL",
        "007 | 007",
        "1_000 | 1_000",
        "2026-01-01 | 2026-01-01",
        "YES | true",
        "\"YES\" | YES",
        "off | false",
        "!Ref yes | yes"
      })
  void parse_scalar_isItsText(String text, String expected) {
    Value value = only(text);
    Value scalar = value instanceof Value.Fields call ? call.get("Ref") : value;

    assertThat(scalar).isEqualTo(new Value.Text(expected, 1));
  }

  @Test
  void parse_blockScalar_keepsItsLines() {
    assertThat(only("|\n  a\n  b\n")).isEqualTo(new Value.Text("a\nb\n", 1));
    assertThat(only(">-\n  a\n  b\n")).isEqualTo(new Value.Text("a b", 1));
  }

  @Test
  void parse_tree_knowsItsLines() {
    Value.Fields root =
        YamlTree.parse(
            ORIGIN,
            """
            # a comment
            a: 1
            b:
              c:
                - x
                -
                  y
              d: !Sub
                - t
            """);

    assertThat(root.line()).isEqualTo(2);
    assertThat(root.get("a").line()).isEqualTo(2);
    assertThat(root.get("b").line()).isEqualTo(3);
    assertThat(root.fields("b").get("c").line()).isEqualTo(4);
    assertThat(((Value.Items) root.fields("b").get("c")).values())
        .containsExactly(new Value.Text("x", 5), new Value.Text("y", 7));
    assertThat(root.fields("b").get("d").line()).isEqualTo(8);
    assertThat(root.get("nowhere")).isEqualTo(new Value.Missing(2));
    assertThat(root.fields("a")).isSameAs(Value.Fields.NONE);
  }

  @Test
  void parse_mapping_keepsTheOrderOfKeys() {
    assertThat(YamlTree.parse(ORIGIN, "{z: 1, a: 2, m: 3}").values().keySet())
        .containsExactly("z", "a", "m");
  }

  @Test
  void parse_alias_isTheValueAgain() {
    Value.Fields root = YamlTree.parse(ORIGIN, "a: &x {k: v}\nb: *x\nc: [*x]");

    assertThat(root.fields("b").get("k")).isEqualTo(new Value.Text("v", 1));
    assertThat(((Value.Items) root.get("c")).values()).hasSize(1);
  }

  @Test
  void parse_mergeKey_givesWayToOwnKeysWhereverItStands() {
    Value.Fields root =
        YamlTree.parse(ORIGIN, "x: &x {a: x, b: x}\ny: &y {b: y, c: y}\nz: {b: z, <<: [*x, *y]}");

    assertThat(root.fields("z").values())
        .isEqualTo(
            Map.of(
                "b", new Value.Text("z", 3),
                "a", new Value.Text("x", 1),
                "c", new Value.Text("y", 2)));
  }

  @Test
  void parse_quotedMergeKey_isAKey() {
    assertThat(YamlTree.parse(ORIGIN, "{'<<': {a: b}}").values()).containsOnlyKeys("<<");
  }

  @Test
  void parse_mergeOfText_isIgnored() {
    assertThat(YamlTree.parse(ORIGIN, "{<<: text, a: b}").values()).containsOnlyKeys("a");
  }

  @Test
  void parse_deepestNesting_isAccepted() {
    String text = "a: " + "[".repeat(99) + "]".repeat(99);

    assertThat(YamlTree.parse(ORIGIN, text).values()).containsOnlyKeys("a");
    assertThatThrownBy(() -> YamlTree.parse(ORIGIN, "a: " + "[".repeat(100) + "]".repeat(100)))
        .hasMessage("t.yaml:1: nested deeper than 100 levels");
  }

  @Test
  void parse_jsonWithSurrogates_isText() {
    assertThat(YamlTree.parse(ORIGIN, "{\"a\": \"\\ud83d\\ude00\"}").get("a"))
        .isEqualTo(new Value.Text("\uD83D\uDE00", 1));
  }

  @Test
  void parse_tabInYamlText_isKept() {
    assertThat(YamlTree.parse(ORIGIN, "a: \"x\ty\"").get("a")).isEqualTo(new Value.Text("x\ty", 1));
  }

  private static Value only(String text) {
    return YamlTree.parse(ORIGIN, "v: " + text).get("v");
  }
}
