package io.leakguard;

/**
 * One metric document by hand: for the invocation that has no time left to load the metrics
 * library.
 *
 * <p>It says what is known in few words; the document that the library writes follows when there is
 * time.
 */
final class CompactEmf {
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
    JsonText.text(json, look.settings().namespace());
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
    JsonText.member(json, "FunctionName", dimensions.function());
    JsonText.member(json, "FunctionVersion", dimensions.version());
    JsonText.member(json, "LiveThreads", totals.live());
    JsonText.member(json, "SurplusThreads", totals.surplus());
    JsonText.member(json, "LeakedThreads", totals.leaked());
    JsonText.member(json, "SuspectThreads", totals.suspects());
    if (knowsDescriptors) {
      JsonText.member(json, "OpenDescriptors", totals.descriptors());
    }
    if (grows) {
      JsonText.member(json, "InvocationsLeft", totals.invocationsLeft().getAsLong());
    }
    if (finding.requestId() != null) {
      JsonText.member(json, "requestId", finding.requestId());
    }
    JsonText.member(json, "kind", finding.kind().text());
    JsonText.member(json, "verdict", finding.verdict().name());
    JsonText.member(json, "fingerprint", finding.fingerprint());
    JsonText.member(json, "family", finding.family());
    JsonText.member(json, "groupThreads", finding.threads());
    if (!look.settings().service().isEmpty()) {
      JsonText.member(json, "service", look.settings().service());
    }
    if (!commit.isEmpty()) {
      JsonText.member(json, "commit", commit);
    }
    JsonText.member(json, "level", "WARN");
    JsonText.member(json, "timestamp", look.host().now().toString());
    return json.append('}').toString();
  }

  private static void metric(StringBuilder json, String name) {
    json.append("{\"Name\":\"").append(name).append("\",\"Unit\":\"Count\"}");
  }
}
