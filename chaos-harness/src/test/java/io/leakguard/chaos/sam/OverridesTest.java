package io.leakguard.chaos.sam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OverridesTest {
  @TempDir Path folder;

  @Test
  void environment_ofOneFunctionAndOfAll_replacesAndAdds() {
    Path file =
        Templates.write(
            folder,
            """
            Globals: {Function: {Runtime: java17, Handler: a.B}}
            Resources:
              F:
                Type: AWS::Serverless::Function
                Properties:
                  Environment: {Variables: {A: t, B: !ImportValue x, C: t}}
              G: {Type: AWS::Serverless::Function}
            """);
    Map<String, String> environment =
        Map.of("A", "all", "F.A", "own", "F.B", "given", "quarkus.x", "dotted", "G.A", "other");

    Template template = Template.read(file, new Overrides(Map.of(), Map.of(), environment));

    assertThat(template.functions().get(0).environment())
        .containsOnly(
            entry("A", "own"), entry("B", "given"), entry("C", "t"), entry("quarkus.x", "dotted"));
    assertThat(template.functions().get(0).notes()).isEmpty();
    assertThat(template.functions().get(1).environment())
        .containsOnly(entry("A", "other"), entry("quarkus.x", "dotted"));
  }
}
