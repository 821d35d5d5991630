package io.leakguard.chaos.fleet;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds the functions of which no guard is heard. */
final class CoverageSurvey {
  private static final String UNKNOWN = "unknown";

  private final Account account;
  private final List<LogGroup> groups;
  private final List<LambdaFunction> functions;
  private final boolean listed;

  private CoverageSurvey(
      Account account, List<LogGroup> groups, List<LambdaFunction> functions, boolean listed) {
    this.account = account;
    this.groups = groups;
    this.functions = functions;
    this.listed = listed;
  }

  /** Looks for the functions whose lines go to log groups with the prefix. */
  static CoverageSurvey of(Account account, String prefix, List<LogGroup> groups) {
    Optional<List<LambdaFunction>> all = account.functions();
    List<LambdaFunction> functions =
        all.map(
                list ->
                    list.stream()
                        .filter(function -> function.logGroup().startsWith(prefix))
                        .toList())
            .orElseGet(() -> groups.stream().map(CoverageSurvey::guessed).toList());
    return new CoverageSurvey(account, groups, functions, all.isPresent());
  }

  private static LambdaFunction guessed(LogGroup group) {
    String name = group.name().substring(group.name().lastIndexOf('/') + 1);
    return new LambdaFunction(name, "", UNKNOWN, group.name());
  }

  List<LambdaFunction> functions() {
    return functions;
  }

  /**
   * Compares with what was heard.
   *
   * @param heard functions of which any line of a guard was read
   * @param since before that nothing was read
   */
  Coverage coverage(Set<String> heard, Instant since, Owners owners) {
    List<LambdaFunction> able = functions.stream().filter(this::mayHaveAGuard).toList();
    List<LambdaFunction> unheard =
        able.stream().filter(function -> !heard.contains(function.name())).toList();
    Set<String> written = groups.stream().map(LogGroup::name).collect(Collectors.toSet());
    List<Coverage.Silent> silent = new ArrayList<>();
    for (LambdaFunction function : unheard) {
      if (written.contains(function.logGroup())) {
        account
            .lastLine(function.logGroup())
            .filter(last -> !last.isBefore(since))
            .ifPresent(last -> silent.add(silent(function, last, owners)));
      }
    }
    silent.sort(Comparator.comparing(Coverage.Silent::function));
    return new Coverage(
        able.size(),
        able.size() - unheard.size(),
        List.copyOf(silent),
        unheard.size() - silent.size(),
        functions.size() - able.size(),
        listed);
  }

  private boolean mayHaveAGuard(LambdaFunction function) {
    return function.runtime().equals(UNKNOWN) || function.mayHaveAGuard();
  }

  private static Coverage.Silent silent(LambdaFunction function, Instant last, Owners owners) {
    return new Coverage.Silent(
        function.name(), function.runtime(), last, owners.of(function.name()));
  }
}
