package io.leakguard;

import io.leakguard.diagnosis.SafeText;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Rules that any jar can bring along, without depending on the guard: one a line in {@code
 * META-INF/leakguard/ignore}.
 *
 * <p>A line that is no rule is told and skipped; whatever is wrong with a resource never stops the
 * others.
 */
final class IgnoreResources {
  static final String NAME = "META-INF/leakguard/ignore";
  static final int MOST_BYTES = 64 * 1024;
  static final int MOST_RULES = 1_000;

  /** A file that is no list of rules at all need not fill the log. */
  static final int MOST_COMPLAINTS = 10;

  private final Host host;
  private final List<IgnoreRule> rules = new ArrayList<>();
  private boolean full;

  IgnoreResources(Host host) {
    this.host = host;
  }

  /**
   * Reads the resources that these loaders see, each once.
   *
   * @param loaders some may be null
   */
  List<IgnoreRule> read(ClassLoader... loaders) {
    Map<String, URL> resources = new LinkedHashMap<>();
    for (ClassLoader loader : loaders) {
      if (loader != null) {
        find(loader, resources);
      }
    }
    resources.values().forEach(this::read);
    return rules;
  }

  /** Keyed by text: comparing URLs asks the network for their hosts. */
  private void find(ClassLoader loader, Map<String, URL> resources) {
    try {
      Enumeration<URL> found = loader.getResources(NAME);
      while (found.hasMoreElements()) {
        URL url = found.nextElement();
        resources.putIfAbsent(url.toString(), url);
      }
    } catch (IOException | RuntimeException e) {
      tell(NAME + " is not looked for: " + SafeText.of(e.toString(), 200));
    }
  }

  private void read(URL url) {
    try {
      byte[] bytes = bytes(url);
      int length = Math.min(bytes.length, MOST_BYTES);
      String text = new String(bytes, 0, length, StandardCharsets.UTF_8);
      if (bytes.length > MOST_BYTES) {
        tell(shown(url) + " is longer than 64 KB and used up to there");
        text = text.substring(0, text.lastIndexOf('\n') + 1);
      }
      parse(text, url);
    } catch (IOException | RuntimeException e) {
      tell(shown(url) + " is not used: " + SafeText.of(e.toString(), 200));
    }
  }

  private static byte[] bytes(URL url) throws IOException {
    URLConnection connection = url.openConnection();
    // A cached jar stays open, which is one descriptor more than before.
    connection.setUseCaches(false);
    try (InputStream in = connection.getInputStream()) {
      return in.readNBytes(MOST_BYTES + 1);
    }
  }

  private void parse(String text, URL url) {
    int complaints = 0;
    int number = 0;
    for (String line : text.split("\r?\n|\r", -1)) {
      number++;
      if (line.isBlank() || line.stripLeading().startsWith("#")) {
        continue;
      }
      if (rules.size() == MOST_RULES) {
        tellFull(url, number);
        return;
      }
      try {
        rules.add(IgnoreRule.parse(line));
      } catch (IllegalArgumentException e) {
        if (++complaints > MOST_COMPLAINTS) {
          tell(
              shown(url)
                  + " has more lines that are no rules: not used from line "
                  + number
                  + " on");
          return;
        }
        tell(shown(url) + ", line " + number + " is not used: " + SafeText.of(e.getMessage(), 200));
      }
    }
  }

  private void tellFull(URL url, int line) {
    if (!full) {
      full = true;
      tell("more than 1,000 ignore rules: none is used from " + shown(url) + ", line " + line);
    }
  }

  private void tell(String what) {
    host.log("LeakGuard: " + what);
  }

  private static String shown(URL url) {
    return SafeText.of(url.toString(), 300);
  }
}
