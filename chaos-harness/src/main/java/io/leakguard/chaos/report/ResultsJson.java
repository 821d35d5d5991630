package io.leakguard.chaos.report;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import io.leakguard.chaos.results.Results;
import io.leakguard.chaos.results.ResultsFile;
import io.leakguard.chaos.verdict.Verdict;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code results.json}: what programs read. Names are only ever added. */
public final class ResultsJson {
  private static final Gson GSON = new Gson();

  private ResultsJson() {}

  /** The run as the tree that all its files are made from. */
  public static JsonObject tree(RunReport report) {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("schemaVersion", ResultsFile.SCHEMA_VERSION);
    root.put("tool", report.tool());
    root.put("started", report.started().toString());
    root.put("seconds", Math.round(report.took().toMillis() / 100.0) / 10.0);
    root.put("template", report.template());
    root.put("seed", report.seed());
    if (report.staging()) {
      root.put("mode", Results.STAGING);
    }
    root.put(
        "controls",
        Map.of(
            "negative", control(report, report.negativeControl()),
            "positive", control(report, report.positiveControl())));
    root.put("cells", report.cells().stream().map(CellJson::of).toList());
    root.put("shapesNotRun", report.shapesNotRun().stream().map(ResultsJson::notRun).toList());
    root.put("notRun", report.notRun());
    return GSON.toJsonTree(root).getAsJsonObject();
  }

  private static String control(RunReport report, Verdict verdict) {
    return report.staging() ? Results.NOT_RUN : verdict.text();
  }

  private static Map<String, Object> notRun(ShapeNotRun notRun) {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("function", notRun.function());
    root.put("shape", notRun.shape());
    root.put("reason", notRun.reason());
    notRun
        .needed()
        .ifPresent(time -> root.put("neededSeconds", Math.round(time.toMillis() / 100.0) / 10.0));
    return root;
  }
}
