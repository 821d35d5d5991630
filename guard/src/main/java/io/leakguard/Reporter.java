package io.leakguard;

import com.amazonaws.services.lambda.runtime.Context;
import io.leakguard.diagnosis.SafeText;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes findings as metric documents, and the full ones also for people.
 *
 * <p>Guarded by the monitor's check lock.
 */
final class Reporter {
  /** Loading the metrics library takes up to half a second, more on a small function (measured). */
  private static final int FIRST_REPORT_MILLIS = 1_500;

  private static final int LONGEST_ID = 128;
  private static final int LONGEST_DIMENSION = 256;

  private final Artifact artifact;
  private boolean loaded;

  Reporter(Artifact artifact) {
    this.artifact = artifact;
  }

  /** Says whether there is time for a report before the invocation's deadline. */
  boolean hasTime(Look look) {
    return loaded || look.remainingMillis() > FIRST_REPORT_MILLIS;
  }

  /** Writes one finding. */
  void write(Finding finding, Totals totals, Look look) {
    try {
      write(properties(finding, look), totals, look);
    } finally {
      // Also where the metrics library is missing or broken: people can still read.
      if (finding.inFull()) {
        GuardLog.text(look.context(), look.host(), LogBlock.of(finding, totals));
      }
    }
  }

  /** Writes one finding without the metrics library, for which there is no time. */
  void writeInShort(Finding finding, Totals totals, Look look) {
    String line =
        CompactEmf.of(finding, totals, dimensions(look), artifact.knownCommit(look), look);
    look.host().out().println(line);
  }

  /** Writes what became known about something other than threads. */
  void write(ResourceNews news, Totals totals, Look look) {
    Map<String, Object> properties = new LinkedHashMap<>();
    if (look.requestId() != null) {
      properties.put("requestId", SafeText.of(look.requestId(), LONGEST_ID));
    }
    properties.put("kind", news.kind());
    properties.put("verdict", news.verdict().name());
    properties.put("fingerprint", news.fingerprint());
    properties.put("family", news.key());
    properties.put("amount", news.level());
    properties.put("perInvocation", news.perInvocation());
    if (!news.detail().isEmpty()) {
      properties.put("detail", news.detail());
    }
    properties.put("diagnosis", news.diagnosis().sentence());
    stamp(properties, look);
    write(properties, totals, look);
    if (news.verdict() == Verdict.GROWING) {
      GuardLog.text(look.context(), look.host(), LogBlock.of(news));
    }
  }

  /** Writes the gauges alone. */
  void write(Totals totals, Look look) {
    Map<String, Object> properties = new LinkedHashMap<>();
    if (look.requestId() != null) {
      properties.put("requestId", SafeText.of(look.requestId(), LONGEST_ID));
    }
    stamp(properties, look);
    write(properties, totals, look);
  }

  private void write(Map<String, Object> properties, Totals totals, Look look) {
    Host host = look.host();
    Dimensions dimensions = dimensions(look);
    Runnable write =
        () -> EmfWriter.write(host, look.settings().namespace(), dimensions, totals, properties);
    if (loaded) {
      write.run();
    } else {
      Slf4jSilence.during(write);
      loaded = true;
    }
  }

  private static Dimensions dimensions(Look look) {
    Context context = look.context();
    Host host = look.host();
    String function = context == null ? null : context.getFunctionName();
    String version = context == null ? null : context.getFunctionVersion();
    return new Dimensions(
        dimension(function, host.variable("AWS_LAMBDA_FUNCTION_NAME")),
        dimension(version, host.variable("AWS_LAMBDA_FUNCTION_VERSION")));
  }

  /** What the metrics are kept by: CloudWatch keeps one of each for each pair of values. */
  record Dimensions(String function, String version) {}

  private Map<String, Object> properties(Finding finding, Look look) {
    Map<String, Object> properties = new LinkedHashMap<>();
    if (finding.requestId() != null) {
      properties.put("requestId", SafeText.of(finding.requestId(), LONGEST_ID));
    }
    properties.put("kind", finding.kind().text());
    properties.put("coldStart", finding.coldStart());
    properties.put("verdict", finding.verdict().name());
    properties.put("fingerprint", finding.fingerprint());
    properties.put("family", finding.family());
    properties.put("groupThreads", finding.threads());
    if (!finding.names().isEmpty()) {
      properties.put("threadNames", finding.names());
    }
    if (finding.state() != null) {
      properties.put("state", finding.state().name());
    }
    if (!finding.stack().isEmpty()) {
      properties.put("stack", String.join("\n", finding.stack()));
      properties.put("diagnosis", finding.diagnosis().sentence());
    }
    if (!finding.createdBy().isEmpty()) {
      properties.put("createdBy", String.join("\n", finding.createdBy()));
    }
    if (!finding.labels().isEmpty()) {
      properties.put("labels", finding.labels());
    }
    properties.put("owners", finding.owners());
    properties.put("ageInvocations", finding.ageInvocations());
    properties.put("ageSeconds", finding.age().toMillis() / 1000.0);
    stamp(properties, look);
    return properties;
  }

  /** Without both, Lambda's JSON log format takes a line for INFO and a level filter drops it. */
  private void stamp(Map<String, Object> properties, Look look) {
    if (!look.settings().service().isEmpty()) {
      properties.put("service", look.settings().service());
    }
    String commit = artifact.commit(look);
    if (!commit.isEmpty()) {
      properties.put("commit", commit);
    }
    properties.put("level", "WARN");
    properties.put("timestamp", look.host().now().toString());
  }

  /** CloudWatch takes printable ASCII that is neither blank nor begins with a colon. */
  private static String dimension(String value, String fallback) {
    String text = value == null || value.isBlank() ? fallback : value;
    if (text == null || text.isBlank()) {
      return "unknown";
    }
    StringBuilder ascii = new StringBuilder();
    for (int i = 0; i < Math.min(text.length(), LONGEST_DIMENSION); i++) {
      char c = text.charAt(i);
      boolean allowed = c > ' ' && c < 127 && (i > 0 || c != ':');
      ascii.append(allowed ? c : '?');
    }
    return ascii.toString();
  }
}
