package io.leakguard.chaos.staging;

import io.leakguard.chaos.fault.Route;
import io.leakguard.chaos.text.YamlReader;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** {@code staging.yaml}. Its names are also in docs/staging.schema.json; a test compares them. */
public final class StagingFile {
  static final List<String> ROOT =
      List.of("stage", "region", "endpoint", "functions", "toxiproxy", "guardRails", "logs");
  static final List<String> FUNCTION = List.of("invoke", "url", "event", "logGroup", "upstreams");
  static final List<String> TOXIPROXY = List.of("control", "proxies");
  static final List<String> PROXY = List.of("listen", "upstream");
  static final List<String> RAILS =
      List.of(
          "accounts",
          "stages",
          "stageTag",
          "maximumDuration",
          "stopAlarms",
          "maximumInvocations",
          "maximumPerSecond");
  static final List<String> LOGS = List.of("wait", "settle");

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final int MOST_PER_SECOND = 100;
  private static final int MOST_INVOCATIONS = 100_000;

  private final Path file;
  private final YamlReader yaml;

  private StagingFile(Path file) {
    this.file = file;
    this.yaml = new YamlReader(file.toString());
  }

  /**
   * Reads a file.
   *
   * @throws io.leakguard.chaos.text.InputFileException when it cannot be read or breaks a rule; the
   *     message says where
   */
  public static StagingConfig read(Path file) {
    StagingFile reader = new StagingFile(file);
    return reader.config(reader.yaml.read(file));
  }

  private StagingConfig config(Node root) {
    Map<String, Node> fields = yaml.fields(root, "the file", ROOT);
    Map<String, Node> toxiproxy =
        yaml.fields(required(root, fields, "the file", "toxiproxy"), "toxiproxy", TOXIPROXY);
    Node at = fields.get("toxiproxy");
    List<Route> routes = routes(required(at, toxiproxy, "toxiproxy", "proxies"));
    GuardRails rails = rails(required(root, fields, "the file", "guardRails"));
    Node stage = required(root, fields, "the file", "stage");
    return new StagingConfig(
        file,
        text(fields, "region"),
        Optional.ofNullable(fields.get("endpoint")).map(node -> address(node, "endpoint")),
        yaml.text(stage, "stage"),
        functions(required(root, fields, "the file", "functions"), routes),
        control(required(at, toxiproxy, "toxiproxy", "control")),
        routes,
        rails,
        logs(fields.get("logs")));
  }

  private Node required(Node owner, Map<String, Node> fields, String what, String name) {
    Node node = fields.get(name);
    if (node == null) {
      throw yaml.error(owner, what + " must have '" + name + "'");
    }
    return node;
  }

  private Optional<String> text(Map<String, Node> fields, String name) {
    return Optional.ofNullable(fields.get(name)).map(node -> yaml.text(node, name));
  }

  private List<String> texts(Node node, String what) {
    return yaml.list(node, what).stream().map(each -> yaml.text(each, "one of " + what)).toList();
  }

  private List<String> someTexts(Node owner, Map<String, Node> fields, String name) {
    Node node = required(owner, fields, "guardRails", name);
    List<String> texts = texts(node, name);
    if (texts.isEmpty()) {
      throw yaml.error(node, name + " must hold at least one");
    }
    return texts;
  }

  private URI address(Node node, String what) {
    String text = yaml.text(node, what);
    try {
      URI address = URI.create(text);
      if (List.of("http", "https").contains(address.getScheme()) && address.getHost() != null) {
        return address;
      }
    } catch (IllegalArgumentException e) {
      throw yaml.error(node, what + " must be an http or https address, was '" + text + "'");
    }
    throw yaml.error(node, what + " must be an http or https address, was '" + text + "'");
  }

  private URI control(Node node) {
    URI address = address(node, "control");
    if (!address.getScheme().equals("http") || address.getPort() < 1) {
      throw yaml.error(
          node, "control must be like http://toxiproxy.internal:8474, was '" + address + "'");
    }
    return address;
  }

  private List<Route> routes(Node node) {
    List<Route> routes = new ArrayList<>();
    yaml.entries(node, "proxies")
        .forEach(
            (name, proxy) -> {
              if (!name.matches("[A-Za-z0-9_.-]+") || name.startsWith("leakguard-")) {
                throw yaml.error(
                    proxy,
                    "the name of a proxy must be letters, digits, dots and dashes, and not begin"
                        + " with leakguard-, was '"
                        + name
                        + "'");
              }
              Map<String, Node> fields = yaml.fields(proxy, "proxy '" + name + "'", PROXY);
              String listen = yaml.text(required(proxy, fields, "a proxy", "listen"), "listen");
              String to = yaml.text(required(proxy, fields, "a proxy", "upstream"), "upstream");
              try {
                routes.add(new Route(name, listen, to));
              } catch (IllegalArgumentException e) {
                throw yaml.error(proxy, e.getMessage());
              }
            });
    return routes;
  }

  private List<Deployed> functions(Node node, List<Route> routes) {
    List<Deployed> functions = new ArrayList<>();
    yaml.entries(node, "functions")
        .forEach((name, function) -> functions.add(function(name, function, routes)));
    if (functions.isEmpty()) {
      throw yaml.error(node, "functions must hold at least one");
    }
    return functions;
  }

  private Deployed function(String name, Node node, List<Route> routes) {
    Map<String, Node> fields = yaml.fields(node, "function '" + name + "'", FUNCTION);
    if (fields.containsKey("invoke") == fields.containsKey("url")) {
      throw yaml.error(node, "a function must have either 'invoke' or 'url'");
    }
    Way way =
        fields.containsKey("url")
            ? new Way.Url(address(fields.get("url"), "url"))
            : new Way.Invoke(yaml.text(fields.get("invoke"), "invoke"));
    return new Deployed(
        name,
        way,
        text(fields, "event").map(event -> file.resolveSibling(event)),
        yaml.text(required(node, fields, "a function", "logGroup"), "logGroup"),
        upstreams(fields.get("upstreams"), routes));
  }

  private List<String> upstreams(Node node, List<Route> routes) {
    List<String> known = routes.stream().map(Route::name).toList();
    List<String> names = new ArrayList<>();
    for (Node each : node == null ? List.<Node>of() : yaml.list(node, "upstreams")) {
      String name = yaml.text(each, "an upstream");
      if (!known.contains(name)) {
        throw yaml.unknown(each, "proxy", name, known);
      }
      names.add(name);
    }
    return names;
  }

  private GuardRails rails(Node node) {
    Map<String, Node> fields = yaml.fields(node, "guardRails", RAILS);
    List<String> accounts = someTexts(node, fields, "accounts");
    for (Node account : yaml.list(fields.get("accounts"), "accounts")) {
      if (!((ScalarNode) account).getValue().matches("\\d{12}")) {
        throw yaml.error(account, "an account must be 12 digits, in quotes");
      }
    }
    Node longest = required(node, fields, "guardRails", "maximumDuration");
    Node alarms = fields.get("stopAlarms");
    Node most = required(node, fields, "guardRails", "maximumInvocations");
    Node rate = required(node, fields, "guardRails", "maximumPerSecond");
    return new GuardRails(
        accounts,
        someTexts(node, fields, "stages"),
        text(fields, "stageTag"),
        yaml.duration(longest, "maximumDuration", SECOND, Duration.ofHours(12)),
        alarms == null ? List.of() : texts(alarms, "stopAlarms"),
        (int) yaml.whole(most, "maximumInvocations", 1, MOST_INVOCATIONS),
        (int) yaml.whole(rate, "maximumPerSecond", 1, MOST_PER_SECOND));
  }

  private StagingConfig.Logs logs(Node node) {
    Map<String, Node> fields = node == null ? Map.of() : yaml.fields(node, "logs", LOGS);
    return new StagingConfig.Logs(
        time(fields.get("wait"), "wait", Duration.ofSeconds(90)),
        time(fields.get("settle"), "settle", Duration.ofSeconds(5)));
  }

  private Duration time(Node node, String what, Duration absent) {
    return node == null ? absent : yaml.duration(node, what, Duration.ZERO, Duration.ofMinutes(10));
  }
}
