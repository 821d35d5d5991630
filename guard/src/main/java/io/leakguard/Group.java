package io.leakguard;

import io.leakguard.diagnosis.Diagnosis;
import io.leakguard.diagnosis.Family;
import io.leakguard.diagnosis.Fingerprint;
import io.leakguard.diagnosis.ThreadFacts;
import java.util.ArrayList;
import java.util.List;

/**
 * The suspects of one fingerprint, and what was said about them.
 *
 * <p>Guarded by the monitor's check lock.
 */
final class Group {
  final Fingerprint fingerprint;
  final Family family;
  final Diagnosis diagnosis;
  private final List<Suspect> living = new ArrayList<>();
  private ThreadFacts sample;
  private Verdict verdict = Verdict.ESCAPED;
  private Verdict reported;
  private int reportedLiving;
  private boolean reportedInFull;
  private long firstBirth = Long.MAX_VALUE;
  private Suspect latest;

  Group(Fingerprint fingerprint, ThreadFacts sample) {
    this.fingerprint = fingerprint;
    this.family = Family.of(sample);
    this.diagnosis = Diagnosis.of(sample);
    this.sample = sample;
  }

  void add(Suspect suspect, ThreadFacts facts) {
    living.add(suspect);
    firstBirth = Math.min(firstBirth, suspect.birth);
    latest = suspect;
    sample = facts;
  }

  void ended(Suspect suspect) {
    living.remove(suspect);
  }

  List<Suspect> living() {
    return living;
  }

  Verdict verdict() {
    return verdict;
  }

  /** A confirmed leak stays one until all its threads have ended. */
  void judge(Verdict judged) {
    if (living.isEmpty()) {
      verdict = Verdict.RECOVERED;
      firstBirth = Long.MAX_VALUE;
    } else if (verdict != Verdict.GROWING) {
      verdict = judged;
    }
  }

  /** Returns how many threads of this group are alive and judged leaked. */
  int leaked() {
    return verdict == Verdict.GROWING ? living.size() : 0;
  }

  /**
   * Says whether somebody should hear of this group now. A pool whose workers come and go after it
   * was reported once is no news.
   */
  boolean hasNews() {
    return switch (verdict) {
      case GROWING -> reported != Verdict.GROWING || reportedLiving != living.size();
      case BOUNDED -> reported == Verdict.ESCAPED;
      case ESCAPED -> reported == null;
      case RECOVERED -> reported == Verdict.ESCAPED || reported == Verdict.GROWING;
    };
  }

  ThreadFacts sample() {
    return sample;
  }

  Verdict reported() {
    return reported;
  }

  boolean isReportedInFull() {
    return reportedInFull;
  }

  void reported(boolean inFull) {
    reported = verdict;
    reportedLiving = living.size();
    reportedInFull |= inFull;
  }

  long firstBirth() {
    return firstBirth;
  }

  /** Returns the member that was left last; it may have ended since. */
  Suspect latest() {
    return latest;
  }
}
