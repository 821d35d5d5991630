package io.leakguard.chaos;

import io.leakguard.chaos.results.AcceptFile;
import io.leakguard.chaos.results.AcceptList;
import io.leakguard.chaos.results.Shard;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Options that say where results go, what of them is accepted, and which part of the matrix. */
final class ReportOptions {
  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where results go; default chaos-results/<time>.")
  private Path out;

  @Option(
      names = "--accept",
      paramLabel = "FILE",
      description = "Findings that are accepted for a while: YAML, see docs/report.md.")
  private Path accept;

  @Option(
      names = "--shard",
      paramLabel = "PART/OF",
      description = "Only this part of the matrix, the same on every machine; merge with report.")
  private String shard;

  /** The folder that the user names, if any. */
  Optional<Path> out() {
    return Optional.ofNullable(out);
  }

  /**
   * What is accepted.
   *
   * @throws io.leakguard.chaos.results.ResultsException when the file is malformed
   */
  AcceptList accepted() {
    return accept == null ? AcceptList.NONE : AcceptFile.read(accept);
  }

  /**
   * The part of the matrix to run.
   *
   * @throws io.leakguard.chaos.results.ResultsException when there is no such part
   */
  Shard shard() {
    return shard == null ? Shard.WHOLE : Shard.parse(shard);
  }
}
