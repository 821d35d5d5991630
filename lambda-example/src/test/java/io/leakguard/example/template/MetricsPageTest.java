package io.leakguard.example.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import io.leakguard.example.template.EmittedDocuments.Metric;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code docs/metrics.md} against what a guard sends, and its sums against their command. */
class MetricsPageTest {
  private static final Pattern FIRST_COLUMN = Pattern.compile("(?m)^\\| `(\\w+)` \\|");
  private static final Pattern WEIGHT = Pattern.compile("(?m)^ {4}([\\d.]+) kB each");
  private static final Pattern SUMS =
      Pattern.compile("(?s)( {4}awk 'BEGIN \\{\n.*?}')\n\n(( {4}[^\n]*\n)+)");

  private final EmittedDocuments emitted = EmittedDocuments.get();
  private final String page = read(Path.of("..", "docs", "metrics.md"));

  @Test
  void metrics_ofTheGuard_areThoseOnThePage() {
    Set<String> names = new TreeSet<>();
    emitted.metrics().forEach(metric -> names.add(metric.name()));

    assertThat(firstColumn("Metrics")).isEqualTo(names);
  }

  @Test
  void properties_ofTheGuard_areThoseOnThePage() {
    Set<String> names = new TreeSet<>(emitted.fields());
    for (Metric metric : emitted.metrics()) {
      names.remove(metric.name());
      names.removeAll(metric.dimensions());
    }

    assertThat(firstColumn("Properties")).isEqualTo(names);
  }

  @Test
  void alarms_ofAFunction_areThoseOnThePage() {
    Set<String> kinds = new TreeSet<>();
    for (String id : SamTemplate.read().ofType("AWS::CloudWatch::Alarm").keySet()) {
      kinds.add(id.replaceFirst("^Orders(Api|Batch|Stock)", ""));
    }

    assertThat(firstColumn("Alarms")).isEqualTo(kinds);
  }

  @Test
  void weight_ofADocument_isThatOnThePage() {
    List<JsonObject> documents = emitted.documents();
    double bytes =
        documents.stream()
            .mapToInt(document -> document.toString().getBytes(StandardCharsets.UTF_8).length)
            .average()
            .orElseThrow();
    Matcher weight = WEIGHT.matcher(page);

    assertThat(weight.find()).isTrue();
    assertThat(Double.parseDouble(weight.group(1))).isCloseTo(bytes / 1e3, within(0.3));
  }

  @Test
  void cost_printedByTheCommand_isThatOnThePage() {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/awk")), "not run: no awk");
    Matcher sums = SUMS.matcher(page);

    assertThat(sums.find()).isTrue();
    String printed = EmittedDocuments.output(new ProcessBuilder("sh", "-c", sums.group(1)));
    assertThat(printed.indent(4)).isEqualTo(sums.group(2));
  }

  private Set<String> firstColumn(String section) {
    int start = page.indexOf("\n## " + section + "\n");
    assertThat(start).as(section).isNotNegative();
    String text = page.substring(start + 1, page.indexOf("\n## ", start + 1));
    return FIRST_COLUMN
        .matcher(text)
        .results()
        .map(row -> row.group(1))
        .filter(name -> !name.equals("FunctionName"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
