package io.leakguard.chaos.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code results.json}: what programs read. Names are only ever added. */
public final class ResultsJson {
  private static final int SCHEMA_VERSION = 1;
  private static final Gson GSON =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

  private ResultsJson() {}

  /**
   * Writes the file; whoever reads it meanwhile sees the old or the new one whole.
   *
   * @throws IOException when it cannot be written
   */
  public static void write(RunReport report, Path file) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try {
      Files.writeString(part, text(report), UTF_8);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  static String text(RunReport report) {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("schemaVersion", SCHEMA_VERSION);
    root.put("tool", report.tool());
    root.put("started", report.started().toString());
    root.put("seconds", Math.round(report.took().toMillis() / 100.0) / 10.0);
    root.put("template", report.template());
    root.put("seed", report.seed());
    root.put(
        "controls",
        Map.of(
            "negative", report.negativeControl().text(),
            "positive", report.positiveControl().text()));
    root.put("cells", report.cells().stream().map(CellJson::of).toList());
    root.put("shapesNotRun", report.shapesNotRun().stream().map(ResultsJson::notRun).toList());
    root.put("notRun", report.notRun());
    return GSON.toJson(root) + "\n";
  }

  private static Map<String, Object> notRun(ShapeNotRun notRun) {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("function", notRun.function());
    root.put("shape", notRun.shape());
    root.put("reason", notRun.reason());
    return root;
  }
}
