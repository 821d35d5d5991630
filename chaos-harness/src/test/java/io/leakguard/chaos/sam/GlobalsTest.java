package io.leakguard.chaos.sam;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobalsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{a: 1}            | {b: 2}            | {a: 1, b: 2}",
        "{a: 1}            | {a: 2}            | {a: 2}",
        "{a: {x: 1, y: 1}} | {a: {y: 2, z: 2}} | {a: {x: 1, y: 2, z: 2}}",
        "{a: [1, 2]}       | {a: [2, 3]}       | {a: [1, 2, 2, 3]}",
        "{a: [1]}          | {a: text}         | {a: text}",
        "{a: {x: 1}}       | {a: [2]}          | {a: [2]}",
        "{a: !Ref X}       | {a: {y: 1}}       | {a: {y: 1}}",
        "{a: {y: 1}}       | {a: !Sub X}       | {a: !Sub X}",
        "{a: !Ref X}       | {a: !Ref Y}       | {a: !Ref Y}",
        "{a: {x: !Ref X}}  | {a: {y: !Ref Y}}  | {a: {x: !Ref X, y: !Ref Y}}",
        "{}                | {a: 1}            | {a: 1}",
        "{a: 1}            | {}                | {a: 1}"
      })
  void merge_ofEachShape_isSams(String global, String own, String merged) {
    Value.Fields actual = Globals.merge(parse(global), parse(own));

    assertThat(actual).isEqualTo(parse(merged));
    assertThat(actual.values().keySet()).containsExactlyElementsOf(parse(merged).values().keySet());
  }

  private static Value.Fields parse(String text) {
    return YamlTree.parse(new Origin(Path.of("t.yaml")), text);
  }
}
