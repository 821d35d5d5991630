package io.leakguard.chaos.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import io.leakguard.chaos.verdict.Finding;
import io.leakguard.chaos.verdict.Judgement;
import io.leakguard.chaos.verdict.Phase;
import io.leakguard.chaos.verdict.PhaseRecord;
import io.leakguard.chaos.verdict.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
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
    root.put("cells", report.cells().stream().map(ResultsJson::cell).toList());
    root.put("notRun", report.notRun());
    return GSON.toJson(root) + "\n";
  }

  private static Map<String, Object> cell(Cell cell) {
    Judgement judgement = cell.judgement();
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("function", cell.function());
    root.put("deployed", cell.deployed());
    root.put("shape", cell.shape());
    root.put("verdict", judgement.verdict().text());
    putIfSaid(root, "reason", judgement.reason());
    root.put("invocations", judgement.invocations());
    Map<String, Object> slopes = new LinkedHashMap<>();
    slopes.put("threads", rounded(judgement.threads().perInvocation()));
    slopes.put("sockets", rounded(judgement.sockets().perInvocation()));
    root.put("slopes", slopes);
    root.put("replay", cell.replay());
    root.put("findings", judgement.findings().stream().map(ResultsJson::finding).toList());
    root.put("timeline", timeline(judgement.phases()));
    return root;
  }

  /** What was counted after each invocation, so that a verdict can be checked by hand. */
  private static List<Map<String, Object>> timeline(Map<Phase, PhaseRecord> phases) {
    List<Map<String, Object>> rows = new ArrayList<>();
    phases.forEach(
        (phase, record) -> {
          for (Sample sample : record.samples()) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("phase", phase.name());
            row.put("environment", sample.environment());
            row.put("threads", sample.threads());
            row.put("established", sample.established());
            row.put("closeWait", sample.closeWait());
            rows.add(row);
          }
        });
    return rows;
  }

  private static Map<String, Object> finding(Finding finding) {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("kind", finding.kind());
    putIfSaid(root, "fingerprint", finding.fingerprint());
    root.put("family", finding.family());
    root.put("perInvocation", rounded(finding.perInvocation()));
    root.put("heals", finding.heals());
    root.put("alive", finding.alive());
    putIfSaid(root, "state", finding.state());
    putIfSaid(root, "stack", finding.stack());
    putIfSaid(root, "createdBy", finding.createdBy());
    putIfSaid(root, "diagnosis", finding.diagnosis());
    putIfSaid(root, "requestId", finding.requestId());
    return root;
  }

  private static void putIfSaid(Map<String, Object> root, String name, Object value) {
    if (value != null && !value.equals("") && !value.equals(List.of())) {
      root.put(name, value);
    }
  }

  private static double rounded(double value) {
    return Math.round(value * 1_000) / 1_000.0;
  }
}
