package io.leakguard.chaos.sam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The template of this repository; without it the test fails as soon as the example is there. */
class RepositoryTemplateTest {
  private static final Path ROOT = Path.of("..");

  @Test
  void functions_ofTheExample_canAllBeRun() {
    assumeTrue(
        Files.isDirectory(ROOT.resolve("lambda-example").resolve("src")), "no example in the tree");

    Template template = Template.read(ROOT.resolve("template.yaml"), Map.of());

    assertThat(template.skipped()).isEmpty();
    assertThat(template.functions())
        .hasSizeGreaterThanOrEqualTo(8)
        .allSatisfy(
            function -> {
              assertThat(function.notes()).isEmpty();
              assertThat(function.events()).isNotEmpty();
              assertThat(function.logicalId()).matches("(Orders|Leaky)\\w*Function");
              assertThat(function.conditionTrue())
                  .isEqualTo(function.logicalId().startsWith("Orders"));
              assertThat(Upstreams.of(function)).isNotEmpty();
            });
  }
}
