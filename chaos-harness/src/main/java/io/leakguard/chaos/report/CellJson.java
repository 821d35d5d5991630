package io.leakguard.chaos.report;

import io.leakguard.chaos.verdict.Course;
import io.leakguard.chaos.verdict.Finding;
import io.leakguard.chaos.verdict.GrowthInWords;
import io.leakguard.chaos.verdict.Judgement;
import io.leakguard.chaos.verdict.Levels;
import io.leakguard.chaos.verdict.Phase;
import io.leakguard.chaos.verdict.PhaseRecord;
import io.leakguard.chaos.verdict.Resource;
import io.leakguard.chaos.verdict.Sample;
import io.leakguard.chaos.verdict.Slope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A cell in {@code results.json}. What is not known is left out. */
final class CellJson {
  private CellJson() {}

  static Map<String, Object> of(Cell cell) {
    Judgement judgement = cell.judgement();
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("function", cell.function());
    root.put("deployed", cell.deployed());
    root.put("shape", cell.shape());
    root.put("verdict", judgement.verdict().text());
    putIfSaid(root, "reason", judgement.reason());
    root.put("invocations", judgement.invocations());
    growth(root, judgement);
    judgement.healing().ifPresent(healing -> root.put("healing", healing.text()));
    root.put("replay", cell.replay());
    judgement
        .repeats()
        .ifPresent(
            played -> root.put("repeats", numbers("runs", played.runs(), "same", played.same())));
    judgement
        .minimized()
        .ifPresent(
            smallest -> {
              Map<String, Object> told = new LinkedHashMap<>();
              told.put("faults", smallest.faults());
              told.put("invocations", smallest.invocations());
              told.put("replay", smallest.replay());
              root.put("minimized", told);
            });
    root.put("findings", judgement.findings().stream().map(CellJson::finding).toList());
    course(root, judgement.course());
    root.put("timeline", timeline(judgement.phases()));
    return root;
  }

  private static void growth(Map<String, Object> root, Judgement judgement) {
    Map<String, Object> slopes = new LinkedHashMap<>();
    Map<String, Object> intervals = new LinkedHashMap<>();
    for (Resource resource : Resource.values()) {
      Slope slope = judgement.slope(resource);
      slopes.put(resource.text(), rounded(slope.perInvocation()));
      intervals.put(resource.text(), interval(slope));
    }
    root.put("slopes", slopes);
    root.put("intervals", intervals);
    judgement
        .memory()
        .ifPresent(
            memory -> {
              Map<String, Object> heap = new LinkedHashMap<>();
              heap.put("slope", rounded(memory.perInvocation()));
              heap.put("interval", interval(memory));
              root.put("heap", heap);
            });
    putIfSaid(root, "memoryVerdict", GrowthInWords.of(judgement));
  }

  private static List<Double> interval(Slope slope) {
    return List.of(rounded(slope.low()), rounded(slope.high()));
  }

  private static void course(Map<String, Object> root, Course course) {
    if (course.equals(Course.UNKNOWN)) {
      return;
    }
    root.put("seconds", seconds(course.took()));
    root.put("environments", course.environments());
    if (course.calls().areKnown()) {
      root.put("upstream", calls(course.calls()));
    }
    root.put("phases", course.phases().stream().map(CellJson::span).toList());
    root.put("bands", course.bands().stream().map(CellJson::band).toList());
    root.put("events", course.events().stream().map(CellJson::event).toList());
    if (!course.before().counts().isEmpty() || !course.after().counts().isEmpty()) {
      Map<String, Object> stacks = new LinkedHashMap<>();
      stacks.put("before", course.before().counts());
      stacks.put("after", course.after().counts());
      root.put("stacks", stacks);
    }
  }

  private static Map<String, Object> calls(Course.Calls calls) {
    Map<String, Object> root =
        numbers("requests", calls.requests(), "duplicates", calls.duplicates());
    calls.connections().ifPresent(connections -> root.put("connections", connections));
    root.put("byVariable", new TreeMap<>(calls.byVariable()));
    return root;
  }

  private static Map<String, Object> span(Course.Span span) {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("phase", span.phase().name());
    root.put("from", seconds(span.from()));
    root.put("to", seconds(span.to()));
    return root;
  }

  private static Map<String, Object> band(Course.Band band) {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("kind", band.kind());
    root.put("from", seconds(band.from()));
    root.put("to", seconds(band.to()));
    root.put("text", band.text());
    return root;
  }

  private static Map<String, Object> event(Course.Event event) {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("at", seconds(event.at()));
    root.put("kind", event.kind());
    root.put("text", event.text());
    return root;
  }

  /** What was counted after each invocation, so that a verdict can be checked by hand. */
  private static List<Map<String, Object>> timeline(Map<Phase, PhaseRecord> phases) {
    List<Map<String, Object>> rows = new ArrayList<>();
    phases.forEach(
        (phase, record) ->
            record.samples().forEach(sample -> rows.add(row(rows.size(), phase, sample))));
    return rows;
  }

  private static Map<String, Object> row(int number, Phase phase, Sample sample) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("n", number);
    row.put("phase", phase.name());
    row.put("at", seconds(sample.at()));
    row.put("environment", sample.environment());
    row.put("requestId", sample.requestId());
    row.put("durationMs", Math.round(sample.took().toNanos() / 10_000.0) / 100.0);
    row.put("outcome", sample.outcome().name());
    sample.counted().ifPresent(levels -> counted(row, levels));
    return row;
  }

  private static void counted(Map<String, Object> row, Levels levels) {
    row.put("threads", levels.threads());
    row.put("established", levels.established());
    row.put("closeWait", levels.closeWait());
    row.put("descriptors", levels.descriptors());
    row.put("rssMb", Math.round(levels.rssMegabytes() * 10) / 10.0);
    levels.heapMegabytes().ifPresent(heap -> row.put("heapMb", Math.round(heap * 100) / 100.0));
    row.put("backlog", levels.backlog());
    row.put("families", levels.families());
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

  private static Map<String, Object> numbers(String one, Number first, String two, Number second) {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put(one, first);
    root.put(two, second);
    return root;
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }

  private static double rounded(double value) {
    return Math.round(value * 1_000) / 1_000.0;
  }
}
