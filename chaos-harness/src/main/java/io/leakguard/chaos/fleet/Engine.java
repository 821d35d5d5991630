package io.leakguard.chaos.fleet;

import java.util.List;

/** Answers a query; may be asked by several threads at once. */
interface Engine {
  /** Over all log groups whose names begin so. */
  Answer ask(GuardQuery query, String prefix);

  /** Over these log groups, fifty at most. */
  Answer ask(GuardQuery query, List<String> groups);
}
