package io.leakguard.chaos.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What is written about shapes is what there is. */
class ShapesDocumentsTest {
  private static final Path DOCS = Path.of("..", "docs");

  @Test
  void page_isTheCatalogues() throws IOException {
    assertThat(Files.readString(DOCS.resolve("shapes.md")))
        .as("docs/shapes.md, which is written by: ./chaos list --markdown")
        .isEqualTo(ShapesPage.text(Catalogue.shapes()));
  }

  @Test
  void schema_isTheParts() throws IOException {
    assertThat(Files.readString(DOCS.resolve("shapes.schema.json")))
        .as("docs/shapes.schema.json, which is written by: ./chaos list --schema")
        .isEqualTo(ShapeSchema.text());
  }

  @Test
  void schema_knowsEachPartWithItsParameters() {
    JsonObject definitions =
        JsonParser.parseString(ShapeSchema.text()).getAsJsonObject().getAsJsonObject("$defs");
    Set<String> seen = new TreeSet<>();
    for (JsonElement form : definitions.getAsJsonObject("fault").getAsJsonArray("anyOf")) {
      if (form.getAsJsonObject().has("properties")) {
        JsonObject parts = form.getAsJsonObject().getAsJsonObject("properties");
        String part = parts.keySet().iterator().next();
        JsonObject parameters = parts.getAsJsonObject(part).getAsJsonObject("properties");
        seen.add(part + parameters.keySet());
      }
    }
    assertThat(seen)
        .containsExactlyInAnyOrderElementsOf(
            Parts.ALL.stream().map(part -> part.name() + part.parameterNames()).toList());
  }

  @Test
  void example_ofThePage_isAFileOfShapes() {
    String page = ShapesPage.text(List.of());
    int from = page.indexOf("```yaml\n") + "```yaml\n".length();
    String example = page.substring(from, page.indexOf("```", from));
    assertThat(ShapeFile.parse("example", example)).hasSize(1);
  }
}
