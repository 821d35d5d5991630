package io.leakguard.chaos.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.leakguard.chaos.results.CellResult;
import io.leakguard.chaos.results.Results;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * {@code report.html}: one file without any external request, which is readable with scripts off.
 */
final class HtmlReport {
  private static final String UPLOT = "/META-INF/resources/webjars/uplot/1.6.30/dist/";

  private final Results results;
  private final Html html = new Html();

  private HtmlReport(Results results) {
    this.results = results;
  }

  static String text(Results results) {
    HtmlReport report = new HtmlReport(results);
    report.write();
    return report.html.toString();
  }

  private void write() {
    String charts = resource(UPLOT + "uPlot.iife.min.js");
    String own = resource("report.js");
    html.trusted("<!doctype html>\n").open("html", "lang", "en").open("head");
    html.single("meta", "charset", "utf-8");
    html.single("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    html.single("meta", "name", "color-scheme", "content", "light dark");
    // Nothing can be loaded or run but what this class puts in, whatever stands in a template.
    html.single(
        "meta",
        "http-equiv",
        "Content-Security-Policy",
        "content",
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src "
            + hash(charts)
            + " "
            + hash(own));
    html.element("title", "LeakGuard chaos: " + Words.verdict(results));
    html.open("style").trusted(resource(UPLOT + "uPlot.min.css") + resource("report.css")).close();
    html.close().newline().open("body");
    html.element("a", "Skip to the findings", "class", "skip", "href", "#findings");
    head();
    html.open("main");
    MatrixSection.write(html, results);
    LeakSection.write(html, results);
    CellSection.write(html, results);
    RestSection.write(html, results);
    ConfigurationSection.write(html, results);
    html.close().newline();
    html.open("script", "type", "application/json", "id", "charts")
        .trusted(ChartData.json(results))
        .close();
    html.open("script").trusted(charts).close().open("script").trusted(own).close();
    html.close().close().newline();
  }

  private void head() {
    html.open("header").open("p", "class", "brand").text("LeakGuard chaos").close();
    html.element("h1", Words.verdict(results), "class", tone());
    html.element("p", Words.counts(results), "class", "counts");
    String command = results.command();
    if (!command.isEmpty()) {
      html.element("p", "Play it again:", "class", "label");
      html.element("pre", command, "class", "command");
    }
    html.element("p", facts(), "class", "facts");
    for (String warning : warnings()) {
      html.element("p", warning, "class", "warning");
    }
    html.close().newline();
  }

  private String tone() {
    return switch (results.exitCode()) {
      case 0 -> "good";
      case 2 -> "bad";
      default -> "unsure";
    };
  }

  private String facts() {
    List<String> facts = new ArrayList<>();
    if (!results.template().isEmpty()) {
      facts.add("template " + results.template());
    }
    if (!results.started().isEmpty()) {
      facts.add(
          results.started().replaceFirst("\\.\\d+", "").replace("T", " ").replace("Z", " UTC"));
    }
    if (results.seconds() != null) {
      facts.add(Words.duration(results.seconds()));
    }
    if (results.seed() != null) {
      facts.add("seed " + results.seed());
    }
    if (!results.shard().isEmpty()) {
      facts.add("shard " + results.shard());
    }
    results
        .tool()
        .forEach((name, value) -> facts.add(name.equals("proxy") ? value : name + " " + value));
    for (Map.Entry<String, String> fact : results.machine().entrySet()) {
      facts.add(
          switch (fact.getKey()) {
            case "cores" -> fact.getValue() + " cores";
            case "memoryMb" -> fact.getValue() + " MB";
            default -> fact.getValue();
          });
    }
    return String.join(" · ", facts);
  }

  private List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    if (results.hasNoControls()) {
      warnings.add(
          "The functions are deployed: they were judged by what their guards wrote to their logs,"
              + " and no control was judged beside them.");
    }
    if (!results.controlsHold()) {
      warnings.add(
          "The controls were misjudged: the leaking handler "
              + results.controls().getOrDefault("positive", "unknown")
              + " (must be leak), the clean handler "
              + results.controls().getOrDefault("negative", "unknown")
              + " (must be clean). Nothing below is proven.");
    }
    if (!results.missingShards().isEmpty()) {
      warnings.add("Missing shards: " + String.join(", ", results.missingShards()));
    }
    results.conflicts().forEach(conflict -> warnings.add("Judged differently: " + conflict));
    return warnings;
  }

  /** The anchor of a cell. */
  static String anchor(Results results, CellResult cell) {
    return "cell-" + results.cells().indexOf(cell);
  }

  private static String resource(String name) {
    try (InputStream in = HtmlReport.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("not on the class path: " + name);
      }
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String hash(String script) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(script.getBytes(UTF_8));
      return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}
