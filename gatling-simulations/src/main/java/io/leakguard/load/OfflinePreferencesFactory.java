package io.leakguard.load;

import java.util.prefs.Preferences;
import java.util.prefs.PreferencesFactory;

/**
 * Preferences that live in memory and say that Gatling looked for a newer version of itself in the
 * far future.
 *
 * <p>Each run of Gatling asks Maven Central for its latest version, and no setting turns that off;
 * it does not ask while its preferences say that the last try is recent. Chosen by the system
 * property <code>
 * java.util.prefs.PreferencesFactory</code>. It also keeps Gatling from writing to the user's home.
 */
public final class OfflinePreferencesFactory implements PreferencesFactory {
  private static final String NODE = "io/gatling/latestVersion";

  /**
   * Milliseconds since the epoch, some 285,000 years ahead, small enough that differences do not
   * overflow.
   */
  private static final long FAR_FUTURE = 9_000_000_000_000_000L;

  private final Preferences system = new MemoryPreferences();
  private final Preferences user = new MemoryPreferences();

  /** Called by the JDK. */
  public OfflinePreferencesFactory() {
    Preferences gatling = user.node(NODE);
    gatling.putBoolean("lastCheckSuccess", false);
    gatling.putLong("lastCheckTimestamp", FAR_FUTURE);
  }

  @Override
  public Preferences systemRoot() {
    return system;
  }

  @Override
  public Preferences userRoot() {
    return user;
  }
}
