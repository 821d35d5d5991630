package io.leakguard.chaos;

import io.leakguard.chaos.scenario.Upstream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Options that say what stands behind the proxies: stand-ins by default, real servers by name. */
final class UpstreamOptions {
  private static final int LARGEST_STUB = 16 << 20;

  @Option(
      names = "--upstream",
      paramLabel = "VARIABLE=HOST:PORT",
      description = "A real server for the upstream of this environment variable; may be repeated.")
  private Map<String, String> upstreams = new LinkedHashMap<>();

  @Option(
      names = "--stub",
      paramLabel = "VARIABLE=FILE",
      description = "What the stand-in of this upstream answers instead of {}; may be repeated.")
  private Map<String, Path> stubs = new LinkedHashMap<>();

  @Option(
      names = "--aws-endpoint",
      paramLabel = "URL",
      description = "A local AWS API, such as http://127.0.0.1:4566, for the AWS SDK's calls.")
  private URI awsEndpoint;

  @Option(
      names = "--allow-remote",
      description = "Allow --upstream and --aws-endpoint beyond this machine.")
  private boolean remote;

  /**
   * What the user put behind the proxies.
   *
   * @throws UserError when an address or file is of no use
   */
  Backends backends() {
    Map<String, Upstream.Backend> backends = new LinkedHashMap<>();
    stubs.forEach((variable, file) -> backends.put(variable, stub(variable, file)));
    upstreams.forEach((variable, address) -> backends.put(variable, real(variable, address)));
    return new Backends(backends, aws());
  }

  private Optional<InetSocketAddress> aws() {
    if (awsEndpoint == null) {
      return Optional.empty();
    }
    if (!"http".equals(awsEndpoint.getScheme()) || awsEndpoint.getHost() == null) {
      throw new UserError("--aws-endpoint must be like http://127.0.0.1:4566: " + awsEndpoint);
    }
    int port = awsEndpoint.getPort() < 0 ? 80 : awsEndpoint.getPort();
    return Optional.of(resolved("--aws-endpoint", awsEndpoint.getHost(), port));
  }

  /** The options as they were given. */
  List<String> words() {
    List<String> words = new ArrayList<>();
    upstreams.forEach((name, server) -> words.addAll(List.of("--upstream", name + "=" + server)));
    stubs.forEach((name, stub) -> words.addAll(List.of("--stub", name + "=" + stub)));
    if (awsEndpoint != null) {
      words.addAll(List.of("--aws-endpoint", awsEndpoint.toString()));
    }
    if (remote) {
      words.add("--allow-remote");
    }
    return words;
  }

  private static Upstream.Backend stub(String variable, Path file) {
    try {
      if (Files.size(file) > LARGEST_STUB) {
        throw new UserError("--stub must be a file of at most 16 MB: " + variable + "=" + file);
      }
      return new Upstream.StandIn(Files.readString(file));
    } catch (IOException e) {
      throw new UserError(
          "--stub must name a text file that can be read: " + variable + "=" + file, e);
    }
  }

  private Upstream.Backend real(String variable, String address) {
    int colon = address.lastIndexOf(':');
    String host = colon < 0 ? "" : address.substring(0, colon).replaceAll("[\\[\\]]", "");
    int port = port(address.substring(colon + 1));
    if (host.isEmpty() || port < 1) {
      throw new UserError("--upstream must be VARIABLE=HOST:PORT: " + variable + "=" + address);
    }
    return new Upstream.Real(resolved("--upstream", host, port));
  }

  private static int port(String text) {
    try {
      int port = Integer.parseInt(text);
      return port <= 65_535 ? port : -1;
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  private InetSocketAddress resolved(String option, String host, int port) {
    try {
      InetAddress address = InetAddress.getByName(host);
      if (!address.isLoopbackAddress() && !remote) {
        throw new UserError(
            option
                + " must be on this machine: "
                + host
                + ":"
                + port
                + "\nload and faults would reach it; say --allow-remote if that is meant");
      }
      return new InetSocketAddress(address, port);
    } catch (UnknownHostException e) {
      throw new UserError(option + " must name a host that is known: " + host, e);
    }
  }
}
