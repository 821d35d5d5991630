package io.leakguard.chaos.sam;

import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An environment variable that holds the address of an upstream: a URL of any protocol, a JDBC URL,
 * or {@code host:port}. Of several hosts in one value the first is taken.
 *
 * @param name of the variable
 * @param value as the template gives it
 */
public record UpstreamVariable(String name, String value) {
  /** With what each protocol is reached where its URL names no port. */
  private static final Map<String, Integer> STANDARD_PORTS =
      Map.ofEntries(
          Map.entry("http", 80),
          Map.entry("https", 443),
          Map.entry("ws", 80),
          Map.entry("wss", 443),
          Map.entry("redis", 6379),
          Map.entry("rediss", 6380),
          Map.entry("amqp", 5672),
          Map.entry("amqps", 5671),
          Map.entry("mongodb", 27017),
          Map.entry("postgres", 5432),
          Map.entry("postgresql", 5432),
          Map.entry("mysql", 3306),
          Map.entry("mariadb", 3306),
          Map.entry("sqlserver", 1433),
          Map.entry("ldap", 389));

  /** Before the host, user and password, the hosts, the rest. */
  private static final Pattern URL =
      Pattern.compile(
          "(?i)((?:jdbc:(?:[a-z]+:)?)?([a-z][a-z0-9+-]*)://)([^/?#;@]*@)?([^/?#;@]+)([/?#;].*)?",
          Pattern.DOTALL);

  private static final Pattern ORACLE =
      Pattern.compile("(?i)(jdbc:oracle:thin:@(?://)?)()()([^/?#;@:]+:\\d+)([:/].*)?");

  private static final Pattern HOST_AND_PORT =
      Pattern.compile("()()()((?:[A-Za-z0-9.-]+:\\d{1,5})(?:,[A-Za-z0-9.-]+:\\d{1,5})*)()");

  /** Without a dot, {@code word:5} is as likely a version or a ratio. */
  private static final Pattern NAME_OF_ADDRESS =
      Pattern.compile("(?i).*(HOST|ADDR|ENDPOINT|SERVER|BROKER|BOOTSTRAP|NODE|URL|URI).*");

  /** Throws IllegalArgumentException unless the value is an address. */
  public UpstreamVariable {
    if (!isAddress(name, value)) {
      throw new IllegalArgumentException(
          name + " must be a URL with a host, or host:port, but is '" + value + "'");
    }
  }

  static boolean isAddress(String name, String value) {
    return match(name, value).flatMap(UpstreamVariable::origin).isPresent();
  }

  /** Protocol, host and port alone; {@code tcp} where the value names no protocol. */
  public URI address() {
    return origin(matched()).orElseThrow();
  }

  /** Whether a server that speaks plain HTTP can stand in for it. */
  public boolean isHttp() {
    String scheme = address().getScheme();
    return scheme.equals("http") || scheme.equals("https");
  }

  /**
   * The same value led elsewhere: path and query stay as they are, to the letter. HTTP becomes
   * plain and loses its user; other protocols keep theirs.
   *
   * @param host a name or address; an IPv6 address in brackets
   */
  public String pointedAt(String host, int port) {
    Matcher address = matched();
    String before = isHttp() ? "http://" : address.group(1) + orEmpty(address.group(3));
    return before + host + ":" + port + orEmpty(address.group(5));
  }

  private static String orEmpty(String text) {
    return text == null ? "" : text;
  }

  private Matcher matched() {
    return match(name, value).orElseThrow();
  }

  private static Optional<Matcher> match(String name, String value) {
    for (Pattern pattern : new Pattern[] {ORACLE, URL, HOST_AND_PORT}) {
      Matcher matcher = pattern.matcher(value);
      if (matcher.matches() && (pattern != HOST_AND_PORT || looksLikeHost(name, value))) {
        return Optional.of(matcher);
      }
    }
    return Optional.empty();
  }

  private static boolean looksLikeHost(String name, String value) {
    String host = value.substring(0, value.indexOf(':'));
    return host.contains(".")
        || host.equals("localhost")
        || NAME_OF_ADDRESS.matcher(name).matches();
  }

  private static Optional<URI> origin(Matcher address) {
    try {
      String named = orEmpty(address.group(2)).toLowerCase(Locale.ROOT);
      String scheme = named.isEmpty() ? "tcp" : named;
      URI given = URI.create(scheme + "://" + address.group(4).split(",", 2)[0]);
      int port = given.getPort() < 0 ? STANDARD_PORTS.getOrDefault(scheme, -1) : given.getPort();
      return given.getHost() == null || port < 1 || port > 65_535
          ? Optional.empty()
          : Optional.of(URI.create(scheme + "://" + given.getHost() + ":" + port));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
