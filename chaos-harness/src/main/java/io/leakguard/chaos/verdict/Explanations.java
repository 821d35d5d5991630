package io.leakguard.chaos.verdict;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Puts what grows into findings: the guard's words where it has them, else what was counted. */
final class Explanations {
  private final Evidence evidence;
  private final Course course;

  Explanations(Evidence evidence, Course course) {
    this.evidence = evidence;
    this.course = course;
  }

  /** The threads that grow, by the guard's fingerprints. */
  List<Finding> threads() {
    Slope slope = evidence.slope(Phase.FAULT, Resource.THREADS);
    boolean heals = evidence.healsAtOnce(Resource.THREADS);
    List<GuardReport> reports =
        new ArrayList<>(evidence.grown(Phase.FAULT, GuardReport::ofThreads).values());
    if (reports.isEmpty()) {
      reports.addAll(evidence.grown(Phase.FAULT_AGAIN, GuardReport::ofThreads).values());
    }
    if (reports.isEmpty()) {
      return List.of(unnamed(slope, heals));
    }
    int total = Math.max(1, reports.stream().mapToInt(GuardReport::groupThreads).sum());
    return reports.stream()
        .sorted(Comparator.comparingInt(GuardReport::groupThreads).reversed())
        .map(report -> named(report, slope, (double) report.groupThreads() / total, heals))
        .toList();
  }

  private static Finding named(GuardReport report, Slope slope, double share, boolean heals) {
    return new Finding(
        report.kind().equals("virtual-thread") ? report.kind() : "thread",
        report.fingerprint(),
        report.family(),
        slope.perInvocation() * share,
        heals,
        report.groupThreads(),
        report.state(),
        report.stack(),
        report.createdBy().isEmpty() ? null : report.createdBy(),
        report.diagnosis(),
        report.requestId());
  }

  private Finding unnamed(Slope slope, boolean heals) {
    String family =
        evidence.grownFamilies().entrySet().stream()
            .max(Map.Entry.comparingByValue())
            .map(Map.Entry::getKey)
            .orElse("not named: the guard saw nothing");
    return new Finding(
        "thread",
        null,
        family,
        slope.perInvocation(),
        heals,
        evidence.rise(Resource.THREADS),
        null,
        grownStack(),
        null,
        "the process has more threads after each invocation, and no guard has said who started"
            + " them",
        evidence.firstGrowth(Resource.THREADS));
  }

  /** The stack of which there are more at the end than before the first fault. */
  private List<String> grownStack() {
    return course.after().counts().entrySet().stream()
        .filter(e -> e.getValue() > course.before().counts().getOrDefault(e.getKey(), 0))
        .max(
            Comparator.comparingInt(
                e -> e.getValue() - course.before().counts().getOrDefault(e.getKey(), 0)))
        .map(
            e -> {
              List<String> frames = new ArrayList<>(List.of(e.getKey().split(";")));
              Collections.reverse(frames);
              return List.copyOf(frames);
            })
        .orElse(null);
  }

  /** The sockets that grow. */
  Finding sockets() {
    boolean closedByPeer = evidence.slope(Phase.FAULT, Resource.CLOSE_WAIT).grows();
    return counted(
        "socket",
        Resource.SOCKETS,
        "sockets to the upstream",
        closedByPeer ? "CLOSE_WAIT" : "ESTABLISHED",
        closedByPeer
            ? "the upstream has closed these connections and the function has not: close the"
                + " response or the client in finally"
            : "each invocation keeps a connection: an unread response body, a client that is not"
                + " closed, or a call that nobody waits for any more holds it");
  }

  /** Descriptors that grow and are no sockets to an upstream. */
  Finding descriptors() {
    return evidence
        .grown(Phase.FAULT, report -> report.kind().equals("descriptor"))
        .values()
        .stream()
        .findFirst()
        .map(report -> told(report, Resource.DESCRIPTORS))
        .orElseGet(
            () ->
                counted(
                    "descriptor",
                    Resource.DESCRIPTORS,
                    "open descriptors",
                    null,
                    "something is opened per invocation and not closed: close it in finally"));
  }

  /** Tasks that pile up in the common pool, which the guard alone sees. */
  List<Finding> backlog() {
    return evidence.grown(Phase.FAULT, report -> report.kind().equals("backlog")).values().stream()
        .map(report -> told(report, Resource.BACKLOG))
        .toList();
  }

  /** Requests that the upstream got more than once. */
  Finding duplicates() {
    return counted(
        "duplicate",
        Resource.DUPLICATES,
        "requests that the upstream got more than once",
        null,
        "a client or a retry sends requests with an effect again that may have been done already:"
            + " give them an idempotency key, or switch the silent retry off");
  }

  private Finding told(GuardReport report, Resource resource) {
    return new Finding(
        report.kind(),
        report.fingerprint(),
        report.family(),
        evidence.slope(Phase.FAULT, resource).perInvocation(),
        evidence.healsAtOnce(resource),
        report.groupThreads(),
        null,
        null,
        null,
        report.diagnosis(),
        report.requestId());
  }

  private Finding counted(
      String kind, Resource resource, String family, String state, String diagnosis) {
    return new Finding(
        kind,
        null,
        family,
        evidence.slope(Phase.FAULT, resource).perInvocation(),
        evidence.healsAtOnce(resource),
        evidence.rise(resource),
        state,
        null,
        null,
        diagnosis,
        evidence.firstGrowth(resource));
  }
}
