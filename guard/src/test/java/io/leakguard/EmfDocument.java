package io.leakguard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Checks a line against the published format, and what a schema cannot say. */
final class EmfDocument {
  /** The project's own limit; CloudWatch's is 256 KB. */
  private static final int LONGEST = 64 * 1024;

  private static final ObjectMapper JSON = new ObjectMapper();

  private EmfDocument() {}

  /** Returns the document if the line is a valid one, else fails. */
  static JsonNode parse(String line) {
    assertThat(line.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(LONGEST);
    assertThat(line).doesNotContainPattern("\\p{Cntrl}");
    try (InputStream file = EmfDocument.class.getResourceAsStream("/emf-schema.json")) {
      JsonSchema schema =
          JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7).getSchema(JSON.readTree(file));
      JsonNode document = JSON.readTree(line);
      assertThat(schema.validate(document)).isEmpty();
      targetsExist(document);
      return document;
    } catch (IOException e) {
      throw new UncheckedIOException(line, e);
    }
  }

  /** Dimensions must be string members of the root, metrics numbers. */
  private static void targetsExist(JsonNode document) {
    for (JsonNode directive : document.at("/_aws/CloudWatchMetrics")) {
      for (JsonNode set : directive.get("Dimensions")) {
        for (JsonNode dimension : set) {
          JsonNode value = document.path(dimension.asText());
          assertThat(value.isTextual()).as(dimension.asText()).isTrue();
          assertThat(value.asText()).isNotBlank().hasSizeLessThanOrEqualTo(1024);
        }
      }
      for (JsonNode metric : directive.get("Metrics")) {
        assertThat(document.path(metric.get("Name").asText()).isNumber())
            .as(metric.toString())
            .isTrue();
      }
    }
  }
}
