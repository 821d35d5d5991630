package io.leakguard.chaos.fleet;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Logs Insights in small: just the commands and functions that the fleet's query uses, as AWS
 * documents them. Anything else is an error, so that a query cannot grow beyond what is tested.
 */
final class InsightsEvaluator {
  /** Of a JSON event no more fields are found by themselves. */
  private static final int MOST_FIELDS = 200;

  private static final DateTimeFormatter SPELLED =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS").withZone(ZoneOffset.UTC);
  private static final Pattern SOURCE =
      Pattern.compile("SOURCE logGroups\\(namePrefix: \\['([^']+)']\\)");
  private static final Pattern AGGREGATION = Pattern.compile("(\\w+)\\(([*@\\w.]+)\\) as (\\w+)");

  private final List<LogLine> lines;

  InsightsEvaluator(List<LogLine> lines) {
    this.lines = lines;
  }

  /** The answer's rows; a field that a row does not have is absent. */
  List<Map<String, String>> rows(String query) {
    List<Map<String, String>> rows = lines.stream().map(InsightsEvaluator::fields).toList();
    for (String command : query.split("\\|", -1)) {
      rows = apply(command.strip().replaceAll("\\s+", " "), rows);
    }
    return rows;
  }

  private static List<Map<String, String>> apply(String command, List<Map<String, String>> rows) {
    String verb = command.substring(0, command.indexOf(' '));
    String rest = command.substring(verb.length() + 1);
    return switch (verb) {
      case "SOURCE" -> source(command, rows);
      case "filter" -> rows.stream().filter(new Filter(rest).predicate()).toList();
      case "stats" -> stats(rest, rows);
      case "sort" -> sort(rest, rows);
      case "limit" -> rows.stream().limit(Long.parseLong(rest)).toList();
      default -> throw new IllegalArgumentException("no such command: " + command);
    };
  }

  private static List<Map<String, String>> source(String text, List<Map<String, String>> rows) {
    Matcher matcher = SOURCE.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("not a source: " + text);
    }
    return rows.stream()
        .filter(row -> row.get("@log").split(":", 2)[1].startsWith(matcher.group(1)))
        .toList();
  }

  /** The fields of an event: its own, and those that are found in JSON. */
  static Map<String, String> fields(LogLine line) {
    Map<String, String> fields = new LinkedHashMap<>();
    if (line.message().startsWith("{")) {
      try {
        flatten("", JsonParser.parseString(line.message()), fields);
      } catch (JsonParseException e) {
        fields.clear();
      }
    }
    fields.put("@timestamp", SPELLED.format(line.time()));
    fields.put("@millis", String.valueOf(line.time().toEpochMilli()));
    fields.put("@log", "123456789012:" + line.logGroup());
    fields.put("@message", line.message());
    return fields;
  }

  private static void flatten(String name, JsonElement value, Map<String, String> fields) {
    String prefix = name.isEmpty() ? "" : name + ".";
    if (value.isJsonObject()) {
      JsonObject object = value.getAsJsonObject();
      object.entrySet().forEach(e -> flatten(prefix + e.getKey(), e.getValue(), fields));
    } else if (value.isJsonArray()) {
      for (int i = 0; i < value.getAsJsonArray().size(); i++) {
        flatten(prefix + i, value.getAsJsonArray().get(i), fields);
      }
    } else if (!value.isJsonNull() && fields.size() < MOST_FIELDS) {
      fields.put(name, value.getAsString());
    }
  }

  private static List<Map<String, String>> stats(String text, List<Map<String, String>> rows) {
    String[] parts = text.split(" by ", 2);
    List<String> keys = List.of(parts[1].split(", ?", -1));
    Map<List<String>, List<Map<String, String>>> groups =
        rows.stream()
            .collect(
                Collectors.groupingBy(
                    row -> keys.stream().map(key -> row.getOrDefault(key, "")).toList(),
                    LinkedHashMap::new,
                    Collectors.toList()));
    List<Map<String, String>> answer = new ArrayList<>();
    groups.forEach(
        (values, members) -> {
          Map<String, String> row = new LinkedHashMap<>();
          for (int i = 0; i < keys.size(); i++) {
            put(row, keys.get(i), values.get(i));
          }
          for (String aggregation : parts[0].split(", ", -1)) {
            aggregate(aggregation, members, row);
          }
          answer.add(row);
        });
    return answer;
  }

  private static void put(Map<String, String> row, String name, String value) {
    if (!value.isEmpty()) {
      row.put(name, value);
    }
  }

  private static void aggregate(
      String text, List<Map<String, String>> members, Map<String, String> row) {
    Matcher matcher = AGGREGATION.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("no aggregation: " + text);
    }
    // A time that is aggregated is a number.
    String field = matcher.group(2).replace("@timestamp", "@millis");
    Stream<String> values = members.stream().map(member -> member.get(field));
    String result =
        switch (matcher.group(1)) {
          case "count" -> String.valueOf(members.size());
          case "min" ->
              numbers(values)
                  .min(Comparator.naturalOrder())
                  .map(InsightsEvaluator::text)
                  .orElse("");
          case "max" ->
              numbers(values)
                  .max(Comparator.naturalOrder())
                  .map(InsightsEvaluator::text)
                  .orElse("");
          case "sortsLast" ->
              values.filter(Objects::nonNull).max(Comparator.naturalOrder()).orElse("");
          default -> throw new IllegalArgumentException("no such function: " + text);
        };
    put(row, matcher.group(3), result);
  }

  private static Stream<BigDecimal> numbers(Stream<String> values) {
    return values.filter(Objects::nonNull).map(BigDecimal::new);
  }

  private static String text(BigDecimal number) {
    return number.toPlainString();
  }

  private static List<Map<String, String>> sort(String text, List<Map<String, String>> rows) {
    String[] words = text.split(" ", 2);
    if (!words[1].equals("desc")) {
      throw new IllegalArgumentException("no such order: " + text);
    }
    return rows.stream()
        .sorted(
            Comparator.comparing(
                    (Map<String, String> row) -> new BigDecimal(row.getOrDefault(words[0], "0")))
                .reversed())
        .toList();
  }

  /** Conditions with {@code or}, {@code and}, comparisons of numbers, and two functions. */
  private static final class Filter {
    private static final Pattern CONDITION =
        Pattern.compile("(ispresent|toMillis)\\(([@\\w.]+)\\)(?: (>=|<) (\\d+))?");

    private final String text;

    Filter(String text) {
      this.text = text;
    }

    Predicate<Map<String, String>> predicate() {
      return Stream.of(text.split(" or ", -1))
          .map(
              all ->
                  Stream.of(all.split(" and ", -1))
                      .map(Filter::condition)
                      .reduce(row -> true, Predicate::and))
          .reduce(row -> false, Predicate::or);
    }

    private static Predicate<Map<String, String>> condition(String text) {
      Matcher matcher = CONDITION.matcher(text);
      if (!matcher.matches()) {
        throw new IllegalArgumentException("no such condition: " + text);
      }
      String field = matcher.group(2);
      if (matcher.group(1).equals("ispresent") && matcher.group(3) == null) {
        return row -> row.containsKey(field);
      }
      if (!field.equals("@timestamp") || matcher.group(3) == null) {
        throw new IllegalArgumentException("no such condition: " + text);
      }
      long limit = Long.parseLong(matcher.group(4));
      boolean atLeast = matcher.group(3).equals(">=");
      return row -> Long.parseLong(row.get("@millis")) >= limit == atLeast;
    }
  }
}
