package io.leakguard.chaos.verdict;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The verdict on one function in one shape, with its reasons.
 *
 * @param verdict the verdict
 * @param reason one sentence, for anything but clean; empty when the findings say it all
 * @param slopes growth of each resource in the fault phase
 * @param memory growth of the heap after collection over the whole cell, in MB per invocation;
 *     empty where it was not looked at
 * @param healing whether what is left goes away; empty where nothing leaks
 * @param invocations invocations of the fault phase
 * @param findings what grows, largest first
 * @param phases what was observed
 * @param course what happened
 * @param repeats how often it was played; empty when once
 * @param minimized the smallest fault that still leaks, where that was looked for
 */
public record Judgement(
    Verdict verdict,
    String reason,
    Map<Resource, Slope> slopes,
    Optional<Slope> memory,
    Optional<Healing> healing,
    int invocations,
    List<Finding> findings,
    Map<Phase, PhaseRecord> phases,
    Course course,
    Optional<Repeats> repeats,
    Optional<Minimized> minimized) {

  public Judgement {
    Map<Resource, Slope> all = new EnumMap<>(Resource.class);
    for (Resource resource : Resource.values()) {
      all.put(resource, slopes.getOrDefault(resource, Slope.NONE));
    }
    slopes = Collections.unmodifiableMap(all);
    findings = List.copyOf(findings);
  }

  /** A verdict whose circumstances are not known. */
  public static Judgement of(
      Verdict verdict, String reason, Map<Resource, Slope> slopes, List<Finding> findings) {
    return new Judgement(
        verdict,
        reason,
        slopes,
        Optional.empty(),
        Optional.empty(),
        0,
        findings,
        Map.of(),
        Course.UNKNOWN,
        Optional.empty(),
        Optional.empty());
  }

  /** Says why nothing can be said. */
  public static Judgement harnessFault(String reason) {
    return of(Verdict.HARNESS_FAULT, reason, Map.of(), List.of());
  }

  /** Growth of a resource in the fault phase. */
  public Slope slope(Resource resource) {
    return slopes.get(resource);
  }

  /** Growth of threads in the fault phase. */
  public Slope threads() {
    return slope(Resource.THREADS);
  }

  /** Growth of sockets in the fault phase. */
  public Slope sockets() {
    return slope(Resource.SOCKETS);
  }

  /** The same verdict, with what happened. */
  public Judgement withCourse(Course happened) {
    return changed(healing, findings, happened, repeats, minimized);
  }

  /** The same verdict, after it was looked whether what is left goes away. */
  public Judgement withHealing(Healing seen) {
    List<Finding> told = findings.stream().map(f -> f.healing(seen != Healing.STAYS)).toList();
    return changed(Optional.of(seen), told, course, repeats, minimized);
  }

  /** The same verdict, after the cell was played again. */
  public Judgement withRepeats(Repeats played) {
    return changed(healing, findings, course, Optional.of(played), minimized);
  }

  /** The same verdict, after a smaller fault was looked for. */
  public Judgement withMinimized(Minimized smallest) {
    return changed(healing, findings, course, repeats, Optional.of(smallest));
  }

  private Judgement changed(
      Optional<Healing> itsHealing,
      List<Finding> itsFindings,
      Course itsCourse,
      Optional<Repeats> itsRepeats,
      Optional<Minimized> itsMinimized) {
    return new Judgement(
        verdict,
        reason,
        slopes,
        memory,
        itsHealing,
        invocations,
        itsFindings,
        phases,
        itsCourse,
        itsRepeats,
        itsMinimized);
  }
}
