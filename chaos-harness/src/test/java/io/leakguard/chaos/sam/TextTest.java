package io.leakguard.chaos.sam;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextTest {

  @Test
  void exception_ofLines_keepsThemApart() {
    assertThat(new TemplateException("a\nb", "c")).hasMessage("a?b\nc");
  }

  @Test
  void origin_withAndWithoutFolder_givesPlaces() {
    assertThat(new Origin(Path.of("t.yaml")).folder()).isEqualTo(Path.of(""));
    assertThat(new Origin(Path.of("a/t.yaml")).folder()).isEqualTo(Path.of("a"));
    assertThat(new Origin(Path.of("a/t.yaml")).at(3)).isEqualTo("a/t.yaml:3");
    assertThat(new Origin(Path.of("a/t.yaml")).at(0)).isEqualTo("a/t.yaml");
    assertThat(new Origin(Path.of("t.yaml")).error(2, "x", "y", "z"))
        .hasMessage("t.yaml:2: x\ny\nz");
  }

  @Test
  void join_ofKnownParts_isText() {
    Value value = new TextJoin(7).add("a").add(new Value.Text("b", 1)).value();

    assertThat(value).isEqualTo(new Value.Text("ab", 7));
  }

  @Test
  void join_ofUnknownParts_hasTheFirstReason() {
    Value value =
        new TextJoin(7)
            .add(new Value.Unresolved("p", "first", 1))
            .add("-")
            .add(new Value.Unresolved("q", "second", 2))
            .value();

    assertThat(value).isEqualTo(new Value.Unresolved("p-q", "first", 7));
  }

  @Test
  void join_ofList_isUnknown() {
    assertThat(new TextJoin(1).add(new Value.Items(List.of(), 1)).value())
        .isEqualTo(
            new Value.Unresolved("unresolved", "a list or mapping stands where text is needed", 1));
  }

  @Test
  void join_longerThanTheLimit_stopsThere() {
    Value longest = new TextJoin(1).add("x".repeat(65_536)).value();
    Value longer = new TextJoin(1).add("x".repeat(65_536)).add("y").value();

    assertThat(longest).isEqualTo(new Value.Text("x".repeat(65_536), 1));
    assertThat(longer)
        .isEqualTo(
            new Value.Unresolved("x".repeat(65_536), "it is longer than 65536 characters", 1));
  }

  @ParameterizedTest
  @CsvSource({
    "import shared-Q, unresolved-import-shared-Q",
    "/app/key/, unresolved-app-key",
    "Fn::Cidr, unresolved-Fn-Cidr",
    "'', unresolved-"
  })
  void placeholder_ofAnyName_isReadable(String what, String placeholder) {
    assertThat(TextJoin.placeholder(what)).isEqualTo(placeholder);
  }

  @Test
  void dynamicReferences_severalInOneText_areAllReplaced() {
    assertThat(TextJoin.of("{{resolve:ssm:a}}@{{resolve:ssm:b:1}}/$1\\", 4))
        .isEqualTo(
            new Value.Unresolved(
                "unresolved-ssm-a@unresolved-ssm-b-1/$1\\",
                "the dynamic reference '{{resolve:ssm:a}}' is resolved by AWS",
                4));
  }

  @ParameterizedTest
  @CsvSource({"{{name}}", "{{resolve:open", "'{resolve:x}'"})
  void dynamicReferences_otherBraces_areText(String text) {
    assertThat(TextJoin.of(text, 1)).isEqualTo(new Value.Text(text, 1));
  }
}
