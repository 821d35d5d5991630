package io.leakguard.chaos.scenario;

import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.leakguard.chaos.lambda.EnvironmentInfo;
import io.leakguard.chaos.lambda.InvocationRecord;
import io.leakguard.chaos.process.Vitals;
import io.leakguard.chaos.verdict.GuardReport;
import io.leakguard.chaos.verdict.Outcome;
import io.leakguard.chaos.verdict.Phase;
import io.leakguard.chaos.verdict.PhaseRecord;
import io.leakguard.chaos.verdict.Sample;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Collects what is observed of one function while a shape is played. Thread-safe. */
final class Recorder {
  /** Ports of the proxies: the sockets that count. */
  private final Set<Integer> upstreamPorts;

  private final Map<Phase, List<Sample>> samples = new EnumMap<>(Phase.class);
  private final Map<Phase, List<GuardReport>> reports = new EnumMap<>(Phase.class);
  private final Map<Phase, Map<Outcome, Integer>> outcomes = new EnumMap<>(Phase.class);
  private final Map<Integer, String> lastRequest = new HashMap<>();
  private Phase phase = Phase.WARM_UP;

  Recorder(Set<Integer> upstreamPorts) {
    this.upstreamPorts = Set.copyOf(upstreamPorts);
    for (Phase each : Phase.values()) {
      samples.put(each, new ArrayList<>());
      reports.put(each, new ArrayList<>());
      outcomes.put(each, new EnumMap<>(Outcome.class));
    }
  }

  synchronized void begin(Phase next) {
    phase = next;
  }

  synchronized void ended(InvocationRecord invocation) {
    outcomes.get(phase).merge(classify(invocation.outcome()), 1, Integer::sum);
    if (invocation.environment() != null) {
      lastRequest.put(invocation.environment().number(), invocation.requestId());
    }
  }

  void idle(EnvironmentInfo environment) {
    // Looked at before the lock is taken: it reads a few hundred files.
    Vitals.of(environment.pid(), upstreamPorts::contains)
        .ifPresent(vitals -> sampled(environment.id().number(), vitals));
  }

  private synchronized void sampled(int environment, Vitals vitals) {
    String request = lastRequest.get(environment);
    // An environment that has just started has no invocation to account for.
    if (request != null) {
      samples
          .get(phase)
          .add(
              new Sample(
                  environment,
                  vitals.threads(),
                  vitals.established(),
                  vitals.closeWait(),
                  request));
    }
  }

  void line(String line) {
    GuardReport.parse(line).ifPresent(this::reported);
  }

  private synchronized void reported(GuardReport report) {
    reports.get(phase).add(report);
  }

  synchronized Map<Phase, PhaseRecord> phases() {
    Map<Phase, PhaseRecord> records = new EnumMap<>(Phase.class);
    for (Phase each : Phase.values()) {
      records.put(each, new PhaseRecord(samples.get(each), outcomes.get(each), reports.get(each)));
    }
    return records;
  }

  private static Outcome classify(io.leakguard.chaos.lambda.Outcome outcome) {
    if (outcome instanceof io.leakguard.chaos.lambda.Outcome.Succeeded succeeded) {
      return isServerError(succeeded.body().toString()) ? Outcome.FAILED : Outcome.SUCCEEDED;
    }
    if (outcome instanceof io.leakguard.chaos.lambda.Outcome.TimedOut) {
      return Outcome.TIMED_OUT;
    }
    return outcome instanceof io.leakguard.chaos.lambda.Outcome.HandlerError
        ? Outcome.FAILED
        : Outcome.CRASHED;
  }

  /** Whether an answer is an HTTP error in band, as API Gateway would pass it on. */
  static boolean isServerError(String body) {
    if (!body.contains("\"statusCode\"")) {
      return false;
    }
    try {
      JsonElement root = JsonParser.parseString(body);
      JsonElement status = root.isJsonObject() ? root.getAsJsonObject().get("statusCode") : null;
      return status != null && status.isJsonPrimitive() && status.getAsInt() >= 500;
    } catch (JsonParseException | NumberFormatException e) {
      // Text that only looks like an HTTP answer.
      return false;
    }
  }
}
