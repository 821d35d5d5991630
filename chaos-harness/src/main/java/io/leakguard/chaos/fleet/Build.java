package io.leakguard.chaos.fleet;

/**
 * What a function ran: a version that was published, or the state of one that changes.
 *
 * @param version such as {@code 12} or {@code $LATEST}
 * @param commit empty where the artifact does not say it
 */
public record Build(String version, String commit) {
  /** Whether these are known to be different; a version that was published never changes. */
  boolean differsFrom(Build other) {
    if (!version.equals(other.version)) {
      return true;
    }
    return isMutable()
        && !commit.isEmpty()
        && !other.commit.isEmpty()
        && !commit.equals(other.commit);
  }

  private boolean isMutable() {
    return version.equals("$LATEST") || version.equals("unknown") || version.isEmpty();
  }

  String text() {
    String shown = version.isEmpty() ? "?" : version;
    return commit.isEmpty() ? shown : shown + " (" + shortened(commit) + ")";
  }

  private static String shortened(String commit) {
    return commit.length() > 12 ? commit.substring(0, 12) : commit;
  }
}
