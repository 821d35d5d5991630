package io.leakguard;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import io.leakguard.diagnosis.ThreadFacts;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class IgnoreResourcesTest {
  @TempDir private Path folder;
  private final FakeHost host = new FakeHost();
  private final ClassLoader before = Thread.currentThread().getContextClassLoader();

  @AfterEach
  void restore() {
    Thread.currentThread().setContextClassLoader(before);
  }

  private URL jar(String name, String text) throws IOException {
    Path jar = folder.resolve(name);
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file)) {
      out.putNextEntry(new JarEntry(IgnoreResources.NAME));
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return jar.toUri().toURL();
  }

  private List<String> read(URL... jars) throws IOException {
    try (URLClassLoader loader = new URLClassLoader(jars, null)) {
      return new IgnoreResources(host)
          .read(loader, null, loader).stream().map(IgnoreRule::toString).toList();
    }
  }

  @Test
  void read_rulesOfAllJars_areFoundOnce() throws IOException {
    URL one = jar("one.jar", "# ours\n\nname metrics-*   # flushes for ever\r\n  any com.acme.P.*");
    URL two = jar("two.jar", "starter com.acme.Pool.<clinit>\n");

    assertThat(read(one, two))
        .containsExactly(
            "name metrics-* # flushes for ever",
            "any com.acme.P.*",
            "starter com.acme.Pool.<clinit>");
    assertThat(host.logged).isEmpty();
  }

  @Test
  void read_malformedLine_isOneLineAndTheOthersAreUsed() throws IOException {
    URL jar = jar("bad.jar", "name a\nnome b\u001b[2J\nmetrics\nname c\n");

    assertThat(read(jar)).containsExactly("name a", "name c");
    assertThat(host.logged)
        .containsExactly(
            "LeakGuard: jar:"
                + jar
                + "!/META-INF/leakguard/ignore, line 2 is not used: an ignore"
                + " rule must begin with name, group, top, any or starter: nome b?[2J",
            "LeakGuard: jar:"
                + jar
                + "!/META-INF/leakguard/ignore, line 3 is not used: an ignore"
                + " rule must be name|group|top|any|starter PATTERN: metrics");
  }

  @Test
  void read_noListOfRulesAtAll_fillsNoLog() throws IOException {
    URL jar = jar("text.jar", "lorem ipsum\n".repeat(1_000));

    assertThat(read(jar, jar("good.jar", "name a"))).containsExactly("name a");
    assertThat(host.logged).hasSize(IgnoreResources.MOST_COMPLAINTS + 1);
    assertThat(host.logged.get(IgnoreResources.MOST_COMPLAINTS))
        .endsWith("has more lines that are no rules: not used from line 11 on");
  }

  @Test
  void read_longResource_isCutAtALine() throws IOException {
    String line = "# " + "x".repeat(97) + "\n";
    URL jar = jar("long.jar", "name first\n" + line.repeat(700) + "name last\n");

    assertThat(read(jar)).containsExactly("name first");
    assertThat(host.logged)
        .singleElement()
        .asString()
        .endsWith("longer than 64 KB and used up to there");
  }

  @Test
  void read_tooManyRules_areBounded() throws IOException {
    StringBuilder many = new StringBuilder();
    for (int i = 0; i < 600; i++) {
      many.append("name n").append(i).append('\n');
    }
    URL one = jar("a.jar", many.toString());
    URL two = jar("b.jar", many.toString());
    URL three = jar("c.jar", many.toString());

    assertThat(read(one, two, three)).hasSize(IgnoreResources.MOST_RULES);
    assertThat(host.logged)
        .containsExactly(
            "LeakGuard: more than 1,000 ignore rules: none is used from jar:"
                + two
                + "!/META-INF/leakguard/ignore, line 401");
  }

  @Test
  void read_loaderThatFails_isOneLine() {
    ClassLoader broken =
        new ClassLoader(null) {
          @Override
          public Enumeration<URL> getResources(String name) throws IOException {
            throw new IOException("no\nresources today");
          }
        };

    assertThat(new IgnoreResources(host).read(broken)).isEmpty();
    assertThat(host.logged)
        .containsExactly(
            "LeakGuard: META-INF/leakguard/ignore is not looked for:"
                + " java.io.IOException: no?resources today");
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "descriptors are not counted there")
  void read_leavesNoDescriptorOpen() throws IOException {
    URL jar = jar("one.jar", "name a");
    UnixOperatingSystemMXBean system =
        (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    read(jar);
    long open = system.getOpenFileDescriptorCount();
    for (int i = 0; i < 50; i++) {
      read(jar);
    }

    assertThat(system.getOpenFileDescriptorCount()).isLessThan(open + 25);
  }

  @Test
  void filters_ruleOfAJarOnTheContextClassPath_silences() throws IOException {
    URL jar = jar("ours.jar", "name order-*");
    try (URLClassLoader loader = new URLClassLoader(new URL[] {jar}, before);
        BlockedThreads leaked = new BlockedThreads()) {
      Thread.currentThread().setContextClassLoader(loader);
      Invoker environment = new Invoker();
      for (int i = 0; i < 4; i++) {
        environment.invoke(() -> leaked.start("order-writer"));
      }

      assertThat(environment.documents()).isEmpty();
    }
  }

  @Test
  void filters_searchesOnlyWhenNothingElseAccepts() throws IOException {
    CountingLoader loader = new CountingLoader();
    Thread.currentThread().setContextClassLoader(loader);
    Filters filters = new Filters(host);
    filters.add(List.of(IgnoreRule.name("ours")));
    try (BlockedThread ours = BlockedThread.start("ours");
        BlockedThread other = BlockedThread.start("other")) {
      filters.acceptsByName(other.thread());
      filters.accepts(ours.thread(), ThreadFacts.of(ours.thread()));
      assertThat(loader.searches).isZero();

      filters.accepts(other.thread(), ThreadFacts.of(other.thread()));
      filters.accepts(other.thread(), ThreadFacts.of(other.thread()));
      assertThat(loader.searches).isEqualTo(1);
    }
  }

  private static final class CountingLoader extends ClassLoader {
    private int searches;

    CountingLoader() {
      super(null);
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
      searches++;
      return super.getResources(name);
    }
  }
}
