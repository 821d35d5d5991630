package io.leakguard;

import io.leakguard.diagnosis.Owner;
import io.leakguard.diagnosis.SafeText;

/** A thread that outlived its invocation, as a member of a group. */
final class Suspect {
  static final int LONGEST_NAME = 120;

  final Sighting sighting;
  final Group group;
  final String name;

  /** The number of the invocation that left it. */
  final long birth;

  Owner owner;

  Suspect(Sighting sighting, Group group, String name, Owner owner) {
    this.sighting = sighting;
    this.group = group;
    this.name = SafeText.of(name, LONGEST_NAME);
    this.birth = sighting.firstSeen;
    this.owner = owner;
  }
}
