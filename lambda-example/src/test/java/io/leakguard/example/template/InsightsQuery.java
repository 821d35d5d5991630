package io.leakguard.example.template;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A query of CloudWatch Logs Insights, as far as this template uses the language: which log groups
 * it reads and which fields it names.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax.html">Logs
 *     Insights query syntax</a>
 */
final class InsightsQuery {
  private static final Set<String> COMMANDS = Set.of("fields", "filter", "stats", "sort", "limit");
  private static final Set<String> WORDS =
      Set.of("and", "or", "not", "like", "in", "as", "by", "asc", "desc");
  private static final Set<String> FUNCTIONS =
      Set.of(
          "ispresent",
          "coalesce",
          "count",
          "count_distinct",
          "min",
          "max",
          "earliest",
          "latest",
          "bin");

  /** In this order: what must not be taken for names, then names, then numbers with their unit. */
  private static final Pattern TOKEN =
      Pattern.compile(
          "(?<text>'[^']*'|\"[^\"]*\"|/[^/]*/)|(?<comment>#[^\\n]*)|(?<pipe>\\|)"
              + "|(?<name>[A-Za-z_@][\\w.@]*)(?<call>\\s*\\()?|\\d+[a-z]?|[-+*<>=!(),\\s]");

  private final List<String> sources = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();
  private Set<String> known;
  private boolean onlyAliases;

  /**
   * Reads a query.
   *
   * @param fields what log events have
   */
  InsightsQuery(String query, Set<String> fields) {
    this.known = new HashSet<>(fields);
    for (List<Token> stage : stages(query)) {
      read(stage);
    }
  }

  /** The log groups of {@code SOURCE}, which dashboards name in the query itself. */
  List<String> sources() {
    return sources;
  }

  /** What is wrong with the query, one line each. */
  List<String> problems() {
    return problems;
  }

  private record Token(String text, boolean isName, boolean isCall) {}

  private List<List<Token>> stages(String query) {
    List<List<Token>> stages = new ArrayList<>();
    stages.add(new ArrayList<>());
    Matcher token = TOKEN.matcher(query);
    int end = 0;
    while (token.find() && token.start() == end) {
      end = token.end();
      List<Token> stage = stages.get(stages.size() - 1);
      if (token.group("pipe") != null) {
        stages.add(new ArrayList<>());
      } else if (token.group("name") != null) {
        stage.add(new Token(token.group("name"), true, token.group("call") != null));
      } else if (token.group("text") != null) {
        stage.add(new Token(token.group("text"), false, false));
      }
    }
    if (end < query.length()) {
      problems.add("not understood: " + query.substring(end));
    }
    return stages;
  }

  private void read(List<Token> stage) {
    if (stage.isEmpty()) {
      problems.add("an empty command");
      return;
    }
    String command = stage.get(0).text();
    if (command.equals("SOURCE")) {
      String group = stage.get(1).text();
      sources.add(group.substring(1, group.length() - 1));
    } else if (!COMMANDS.contains(command)) {
      problems.add("no command: " + command);
    } else {
      readFields(stage, command.equals("stats"));
    }
  }

  private void readFields(List<Token> stage, boolean aggregates) {
    Set<String> named = new HashSet<>();
    boolean groups = false;
    for (int i = 1; i < stage.size(); i++) {
      Token token = stage.get(i);
      boolean isAlias = stage.get(i - 1).text().equals("as");
      groups |= token.text().equals("by");
      if (isAlias) {
        named.add(token.text());
      } else if (token.isName()) {
        check(token);
        if (groups && !token.isCall()) {
          named.add(token.text());
        }
      }
    }
    // Behind stats only its results are left.
    if (aggregates) {
      known = named;
      onlyAliases = true;
    } else {
      known.addAll(named);
    }
  }

  private void check(Token token) {
    String name = token.text();
    if (WORDS.contains(name.toLowerCase(Locale.ROOT))) {
      return;
    }
    if (token.isCall()) {
      if (!FUNCTIONS.contains(name)) {
        problems.add("no function: " + name);
      }
    } else if (!known.contains(name)) {
      problems.add((onlyAliases ? "not among the results: " : "no field: ") + name);
    }
  }
}
