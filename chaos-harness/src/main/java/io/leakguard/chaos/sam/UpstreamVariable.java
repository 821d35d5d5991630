package io.leakguard.chaos.sam;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An environment variable that holds the HTTP address of an upstream.
 *
 * @param name of the variable
 * @param value as the template gives it
 */
public record UpstreamVariable(String name, String value) {
  private static final Pattern URL =
      Pattern.compile("(?i)(https?)://(?:([^/?#@]*)@)?([^/?#@]+)([/?#].*)?", Pattern.DOTALL);

  /** Throws IllegalArgumentException unless the value is an HTTP or HTTPS URL with a host. */
  public UpstreamVariable {
    if (!isAddress(value)) {
      throw new IllegalArgumentException(name + " must be an HTTP URL, but is '" + value + "'");
    }
  }

  static boolean isAddress(String value) {
    Matcher url = URL.matcher(value);
    return url.matches() && origin(url).isPresent();
  }

  /** Scheme, host and port alone; the port is always there, 80 or 443 where the value has none. */
  public URI address() {
    return origin(matched()).orElseThrow();
  }

  /**
   * The same value led elsewhere, in plain HTTP: path and query stay as they are, to the letter.
   *
   * @param host a name or address; an IPv6 address in brackets
   */
  public String pointedAt(String host, int port) {
    String rest = matched().group(4);
    return "http://" + host + ":" + port + (rest == null ? "" : rest);
  }

  private Matcher matched() {
    Matcher url = URL.matcher(value);
    if (!url.matches()) {
      throw new IllegalStateException(value);
    }
    return url;
  }

  private static Optional<URI> origin(Matcher url) {
    try {
      URI given = URI.create(url.group(1).toLowerCase(Locale.ROOT) + "://" + url.group(3));
      int standard = given.getScheme().equals("https") ? 443 : 80;
      int port = given.getPort() < 0 ? standard : given.getPort();
      return given.getHost() == null || port > 65_535
          ? Optional.empty()
          : Optional.of(URI.create(given.getScheme() + "://" + given.getHost() + ":" + port));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
