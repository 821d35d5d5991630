package io.leakguard.chaos.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The page passes axe-core in a browser. Runs where {@code LEAKGUARD_AXE} names axe-core's script
 * and a Chromium is on the path.
 */
class AccessibilityTest {
  private static final String RUN =
      """
      document.querySelectorAll("details").forEach(each => each.open = true);
      axe.run(document).then(found => {
        document.documentElement.textContent = "axe: " + JSON.stringify(found.violations.map(
          each => each.id + ": " + each.nodes[0].html)) + " of " + found.passes.length + " rules";
      });
      """;

  @TempDir private Path folder;

  private static Optional<String> chromium() {
    return Stream.of(System.getenv("PATH").split(":"))
        .flatMap(place -> Stream.of(place + "/chromium", place + "/google-chrome"))
        .filter(program -> Files.isExecutable(Path.of(program)))
        .findFirst();
  }

  @ParameterizedTest(name = "{0} in {1} columns")
  @CsvSource({"light, 360", "dark, 1200"})
  void page_passesAxe(String scheme, int width) throws Exception {
    String axe = System.getenv("LEAKGUARD_AXE");
    assumeTrue(axe != null, "not run: LEAKGUARD_AXE names no axe.min.js");
    Optional<String> browser = chromium();
    assumeTrue(browser.isPresent(), "not run: no chromium on the path");
    assertThat(dom(browser.get(), page(Files.readString(Path.of(axe)), width), scheme))
        .contains("axe: [] of");
  }

  /** The page may run no script but its own, so the test takes that rule out. */
  private static String page(String axe, int width) {
    String page =
        HtmlReport.text(SampleRun.results())
            .replaceFirst("<meta http-equiv=\"Content-Security-Policy\"[^>]*>", "")
            .replace("<body>", "<body style=\"width: " + width + "px\">");
    int end = page.lastIndexOf("</body>");
    return page.substring(0, end)
        + "<script>"
        + axe
        + "</script><script>"
        + RUN
        + "</script>"
        + page.substring(end);
  }

  private String dom(String browser, String page, String scheme)
      throws IOException, InterruptedException {
    Path file = Files.writeString(folder.resolve("page.html"), page);
    Process process =
        new ProcessBuilder(
                List.of(
                    browser,
                    "--headless",
                    "--no-sandbox",
                    "--disable-gpu",
                    "--user-data-dir=" + folder.resolve("profile"),
                    "--blink-settings=preferredColorScheme=" + (scheme.equals("dark") ? 0 : 1),
                    "--virtual-time-budget=20000",
                    "--dump-dom",
                    file.toUri().toString()))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String dom = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return dom;
  }
}
