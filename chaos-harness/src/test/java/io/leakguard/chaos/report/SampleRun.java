package io.leakguard.chaos.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.leakguard.chaos.results.Results;
import io.leakguard.chaos.results.ResultsFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The results of a real run of the example, with one of its findings accepted. */
final class SampleRun {
  private SampleRun() {}

  static String text() {
    try (InputStream in = SampleRun.class.getResourceAsStream("results.json")) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JsonObject tree() {
    return JsonParser.parseString(text()).getAsJsonObject();
  }

  static Results results() {
    return ResultsFile.model(tree());
  }
}
