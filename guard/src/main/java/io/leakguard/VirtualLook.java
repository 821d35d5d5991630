package io.leakguard;

import java.util.ArrayList;
import java.util.List;

/**
 * What one look at the virtual threads saw.
 *
 * @param living all but the JDK's own; immutable
 * @param horizon what was born before the invocation of this number had, when the look began,
 *     outlived every invocation that can have made it
 * @param complete false where more were alive than are listed: then absence says nothing
 */
record VirtualLook(List<Virtual> living, long horizon, boolean complete) {

  VirtualLook {
    living = List.copyOf(living);
  }

  /** Returns those that outlived all invocations which can have made them. */
  List<Virtual> survivors() {
    List<Virtual> survivors = new ArrayList<>();
    for (Virtual virtual : living) {
      if (virtual.birth() < horizon) {
        survivors.add(virtual);
      }
    }
    return survivors;
  }

  /** Returns the newest invocation that a survivor was born in; -1 where there is none. */
  long newestBirth() {
    long newest = -1;
    for (Virtual virtual : living) {
      if (virtual.birth() < horizon) {
        newest = Math.max(newest, virtual.birth());
      }
    }
    return newest;
  }

  /** Says whether survivors were born in several invocations: one alone proves nothing. */
  boolean isOfSeveralInvocations() {
    long newest = newestBirth();
    for (Virtual virtual : living) {
      if (virtual.birth() > 0 && virtual.birth() < newest) {
        return true;
      }
    }
    return false;
  }
}
