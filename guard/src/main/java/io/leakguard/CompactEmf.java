package io.leakguard;

import io.leakguard.diagnosis.SafeText;

/**
 * One metric document by hand: for the invocation that has no time left to load the metrics
 * library.
 *
 * <p>It says what is known in few words; the document that the library writes follows when there is
 * time.
 */
final class CompactEmf {
  private static final int LONGEST_TEXT = 256;

  private CompactEmf() {}

  /**
   * Returns the line.
   *
   * @param commit empty where it is not known without a look at the artifact
   */
  static String of(
      Finding finding, Totals totals, Reporter.Dimensions dimensions, String commit, Look look) {
    StringBuilder json = new StringBuilder(768);
    json.append("{\"_aws\":{\"Timestamp\":").append(look.host().now().toEpochMilli());
    json.append(",\"CloudWatchMetrics\":[{\"Namespace\":");
    text(json, look.settings().namespace());
    json.append(
        ",\"Dimensions\":[[\"FunctionName\"],[\"FunctionName\",\"FunctionVersion\"]],\"Metrics\":[");
    boolean knowsDescriptors = totals.descriptors() >= 0;
    boolean grows = totals.invocationsLeft().isPresent();
    metric(json, "LiveThreads");
    metric(json.append(','), "SurplusThreads");
    metric(json.append(','), "LeakedThreads");
    metric(json.append(','), "SuspectThreads");
    if (knowsDescriptors) {
      metric(json.append(','), "OpenDescriptors");
    }
    if (grows) {
      metric(json.append(','), "InvocationsLeft");
    }
    json.append("]}]}");
    member(json, "FunctionName", dimensions.function());
    member(json, "FunctionVersion", dimensions.version());
    member(json, "LiveThreads", totals.live());
    member(json, "SurplusThreads", totals.surplus());
    member(json, "LeakedThreads", totals.leaked());
    member(json, "SuspectThreads", totals.suspects());
    if (knowsDescriptors) {
      member(json, "OpenDescriptors", totals.descriptors());
    }
    if (grows) {
      member(json, "InvocationsLeft", totals.invocationsLeft().getAsLong());
    }
    if (finding.requestId() != null) {
      member(json, "requestId", finding.requestId());
    }
    member(json, "kind", finding.kind().text());
    member(json, "verdict", finding.verdict().name());
    member(json, "fingerprint", finding.fingerprint());
    member(json, "family", finding.family());
    member(json, "groupThreads", finding.threads());
    if (!look.settings().service().isEmpty()) {
      member(json, "service", look.settings().service());
    }
    if (!commit.isEmpty()) {
      member(json, "commit", commit);
    }
    member(json, "level", "WARN");
    member(json, "timestamp", look.host().now().toString());
    return json.append('}').toString();
  }

  private static void metric(StringBuilder json, String name) {
    json.append("{\"Name\":\"").append(name).append("\",\"Unit\":\"Count\"}");
  }

  private static void member(StringBuilder json, String name, long value) {
    json.append(",\"").append(name).append("\":").append(value);
  }

  private static void member(StringBuilder json, String name, String value) {
    json.append(",\"").append(name).append("\":");
    text(json, value);
  }

  /** Control characters and halves of pairs are gone by then: two characters need an escape. */
  private static void text(StringBuilder json, String value) {
    json.append('"');
    String safe = SafeText.of(value, LONGEST_TEXT);
    for (int i = 0; i < safe.length(); i++) {
      char c = safe.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\');
      }
      json.append(c);
    }
    json.append('"');
  }
}
