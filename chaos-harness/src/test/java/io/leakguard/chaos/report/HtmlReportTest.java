package io.leakguard.chaos.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.leakguard.chaos.results.CellResult;
import io.leakguard.chaos.results.Results;
import io.leakguard.chaos.results.ResultsFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class HtmlReportTest {
  private static final String EVIL = "</script><script>alert(1)</script><img src=x onerror='a'>";

  private static Results minimal(String function, String verdict) {
    JsonObject root = new JsonObject();
    root.add(
        "controls", JsonParser.parseString("{\"negative\": \"clean\", \"positive\": \"leak\"}"));
    root.add("cells", JsonParser.parseString("[{\"shape\": \"s\"}]"));
    JsonObject cell = root.getAsJsonArray("cells").get(0).getAsJsonObject();
    cell.addProperty("function", function);
    cell.addProperty("verdict", verdict);
    return ResultsFile.model(root);
  }

  @Test
  void text_sampleRun_saysAllThatThereIsInWords() {
    Results results = SampleRun.results();
    String page = HtmlReport.text(results);
    for (CellResult cell : results.cells()) {
      assertThat(page).contains(Words.shortName(cell.function()) + " under " + cell.shape());
    }
    assertThat(page)
        .contains("Functions and failure shapes")
        .contains("LEAK +0.9")
        .contains("accepted +1.0")
        .contains("LeakyTimedGetHandler.java:83")
        .contains("cancel what is given up")
        .contains("void handleRequest_upstreamIsSilent_leavesNothingBehind()")
        .contains("What the fault added")
        .contains("What this run does not say")
        .contains("ORD-118")
        .contains("LeakyTimedGetHandler::handleRequest");
  }

  @Test
  void text_sampleRun_linksOnlyToWhatIsThere() {
    String page = HtmlReport.text(SampleRun.results());
    Matcher links = Pattern.compile("href=\"#([^\"]+)\"").matcher(page);
    int count = 0;
    while (links.find()) {
      count++;
      assertThat(page).containsOnlyOnce("id=\"" + links.group(1) + "\"");
    }
    assertThat(count).isGreaterThan(9);
  }

  @Test
  void text_page_loadsNothing() {
    String page = HtmlReport.text(SampleRun.results());
    String markup = page.replaceAll("(?s)<script>.*?</script>|<style>.*?</style>", "");
    assertThat(markup).doesNotContainPattern("<(img|link|iframe|object|script [^>]*src)");
    assertThat(page).contains("default-src 'none'".replace("'", "&#39;"));
    assertThat(page.substring(page.indexOf("<style>"), page.indexOf("</style>")))
        .doesNotContain("url(", "@import");
  }

  @Test
  void text_chartLibrary_isTheOneOnTheClassPath() {
    assertThat(HtmlReport.text(minimal("F", "clean"))).contains("uPlot=function");
  }

  @Test
  void text_hostileNames_stayText() {
    Results evil = minimal(EVIL, "leak");
    String page = HtmlReport.text(evil);
    assertThat(page).doesNotContain("<script>alert").doesNotContain("<img");
    JsonObject root = SampleRun.tree();
    JsonObject row =
        root.getAsJsonArray("cells")
            .get(2)
            .getAsJsonObject()
            .getAsJsonArray("timeline")
            .get(0)
            .getAsJsonObject();
    row.getAsJsonObject("families").addProperty(EVIL, 40);
    assertThat(HtmlReport.text(ResultsFile.model(root)))
        .doesNotContain("<script>alert")
        .contains("\\u003c/script\\u003e");
  }

  @Test
  void text_resultsWithoutTheNewNames_areShown() {
    assertThat(HtmlReport.text(minimal("F", "leak")))
        .contains("1 function leaks (F)")
        .contains("1 leak of 1 cell (1 function, 1 shape)");
    assertThat(HtmlReport.text(minimal("F", "clean"))).contains("Nothing leaks");
    assertThat(HtmlReport.text(minimal("F", "inconclusive")))
        .contains("1 cell could not be judged");
  }

  @Test
  void text_controlsThatFail_proveNothing() {
    JsonObject root = SampleRun.tree();
    root.getAsJsonObject("controls").addProperty("negative", "leak");
    assertThat(HtmlReport.text(ResultsFile.model(root)))
        .contains("This run proves nothing")
        .contains("the clean handler leak (must be clean)");
  }
}
