package io.leakguard.chaos.fleet;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is there beside the logs' content: one account and region. */
interface Account {
  /** Log groups whose names begin so. */
  List<LogGroup> logGroups(String prefix);

  /** All functions; empty where they may not be listed. */
  Optional<List<LambdaFunction>> functions();

  /** When the newest line of a log group was written; empty where there is none. */
  Optional<Instant> lastLine(String logGroup);

  /** Tags of a function or log group; none where they may not be read. */
  Map<String, String> tags(String arn);

  /** The region's name. */
  String region();
}
