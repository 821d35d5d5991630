package io.leakguard;

import io.leakguard.diagnosis.Diagnosis.Role;
import io.leakguard.diagnosis.Fingerprint;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Groups that differ in the names of their threads alone: threads named after a tenant or an order
 * stand in the same code, and one bug has left them.
 *
 * <p>Work only: what waits for work in the same loop of a library may be several clients of it.
 * Guarded by the monitor's check lock.
 */
final class Cohorts {
  private final Map<Fingerprint, Rises> rises = new HashMap<>();

  /** Makes confirmed leaks of groups that together grow. */
  void judge(Collection<Group> groups, long now, int lanes) {
    Map<Fingerprint, List<Group>> cohorts = new HashMap<>();
    for (Group group : groups) {
      if (group.code != null && group.abandoned > 0 && group.diagnosis.role() == Role.WORK) {
        cohorts.computeIfAbsent(group.code, code -> new ArrayList<>()).add(group);
      }
    }
    rises.keySet().retainAll(cohorts.keySet());
    cohorts.forEach(
        (code, members) -> {
          int owners = members.stream().mapToInt(group -> group.abandoned).sum();
          Rises level = rises.computeIfAbsent(code, c -> new Rises());
          boolean rose = level.record(owners, now);
          if (rose && members.size() > 1 && Judgement.confirmsWork(level, lanes)) {
            members.forEach(group -> group.judged(Verdict.GROWING));
          }
        });
  }
}
