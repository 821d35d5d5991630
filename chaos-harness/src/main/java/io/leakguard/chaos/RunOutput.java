package io.leakguard.chaos;

import com.google.gson.JsonObject;
import io.leakguard.chaos.report.ReportFolder;
import io.leakguard.chaos.report.RunReport;
import io.leakguard.chaos.report.Summary;
import io.leakguard.chaos.report.TerminalReport;
import io.leakguard.chaos.results.AcceptList;
import io.leakguard.chaos.results.Masking;
import io.leakguard.chaos.results.Results;
import io.leakguard.chaos.results.ResultsFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Set;

/** The end of a run: what it found goes to the terminal and into files, secrets masked. */
record RunOutput(PrintWriter out, AcceptList accepted, Set<String> secrets) {
  /**
   * Writes all of it.
   *
   * @param root the results as a tree
   * @return the exit code
   */
  int write(RunReport report, JsonObject root, ResultsFolder folder) {
    accepted.mark(root, LocalDate.now(ZoneId.systemDefault()));
    out.println(Masking.text(TerminalReport.text(report), secrets));
    JsonObject masked = Masking.mask(root, secrets);
    Results results = ResultsFile.model(masked);
    // First what a person reads: it must not be lost when the disk is full.
    Summary.verdict(results).forEach(out::println);
    out.flush();
    Path page = ReportFolder.write(masked, folder.folder());
    folder.pointLatest();
    out.println("Report: " + page);
    out.flush();
    return results.exitCode();
  }
}
