package io.leakguard.chaos.report;

import com.google.gson.JsonObject;
import io.leakguard.chaos.results.AtomicFile;
import io.leakguard.chaos.results.Masking;
import io.leakguard.chaos.results.Results;
import io.leakguard.chaos.results.ResultsFile;
import java.nio.file.Path;

/** Writes everything that a run leaves in its results folder, secrets masked. */
public final class ReportFolder {
  private ReportFolder() {}

  /**
   * Writes {@code results.json}, and {@code report.html}, {@code junit.xml} and {@code summary.md},
   * which are made from it alone.
   *
   * @return the page for people
   * @throws io.leakguard.chaos.results.ResultsException when one cannot be written
   */
  public static Path write(JsonObject root, Path folder) {
    JsonObject masked = Masking.mask(root);
    Results results = ResultsFile.model(masked);
    AtomicFile.write(folder.resolve("results.json"), ResultsFile.text(masked));
    AtomicFile.write(folder.resolve("junit.xml"), JunitXml.text(results));
    AtomicFile.write(folder.resolve("summary.md"), MarkdownSummary.text(results));
    Path page = folder.resolve("report.html");
    AtomicFile.write(page, HtmlReport.text(results));
    return page;
  }
}
