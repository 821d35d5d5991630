package io.leakguard.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.prefs.BackingStoreException;
import java.util.prefs.Preferences;
import org.junit.jupiter.api.Test;

final class OfflinePreferencesFactoryTest {
  private final OfflinePreferencesFactory factory = new OfflinePreferencesFactory();

  @Test
  void userRoot_gatlingsNode_saysThatTheLastCheckIsRecent() {
    Preferences gatling = factory.userRoot().node("/io/gatling/latestVersion");

    assertThat(gatling.getBoolean("lastCheckSuccess", true)).isFalse();
    assertThat(System.currentTimeMillis() - gatling.getLong("lastCheckTimestamp", 0)).isNegative();
  }

  @Test
  void node_valuesAndChildren_areKeptInMemory() throws BackingStoreException {
    Preferences node = factory.systemRoot().node("a/b");
    node.put("key", "value");
    node.put("other", "value");
    node.remove("other");
    node.flush();
    node.sync();

    assertThat(factory.systemRoot().node("/a/b")).isSameAs(node);
    assertThat(node.keys()).containsExactly("key");
    assertThat(factory.systemRoot().node("a").childrenNames()).containsExactly("b");
    assertThat(factory.userRoot().nodeExists("a")).isFalse();

    node.removeNode();
    assertThat(factory.systemRoot().node("a/b").get("key", "none")).isEqualTo("none");
  }
}
