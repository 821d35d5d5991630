package io.leakguard.chaos.fault;

import io.leakguard.chaos.process.ChildProcess;
import io.leakguard.chaos.process.Command;
import io.leakguard.chaos.process.Ports;
import io.leakguard.chaos.process.Supervisor;
import io.leakguard.chaos.proxy.EmbeddedProxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Toxiproxy server for one scenario: a process of its own, because a control plane that is stuck
 * must not spoil the next scenario, or one that the user runs, or the embedded proxy.
 */
public final class ToxiproxyServer implements AutoCloseable {
  private static final String LOOPBACK = "127.0.0.1";
  private static final Duration START_DEADLINE = Duration.ofSeconds(10);

  private static final Duration WATCH_EVERY = Duration.ofSeconds(1);

  /** An idle server answers in a millisecond; the rest is room for a busy machine. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final Pattern VERSION = Pattern.compile("\\{\"version\": *\"([^\"]*)\"}");

  private final ControlPlane control;

  /** How many connections the proxy of a name has made. */
  private final Function<String, OptionalLong> connections;

  /** Ends what was started for this server; null when the server is the user's. */
  private final Runnable end;

  /** Null where the server cannot fail alone. */
  private ServerWatch watch;

  private volatile Runnable whenItFails = () -> {};

  private final List<FaultProxy> proxies = new ArrayList<>();
  private boolean closed;
  private final String run = UUID.randomUUID().toString().substring(0, 8);

  private ToxiproxyServer(
      ControlPlane control, Function<String, OptionalLong> connections, Runnable end) {
    this.control = control;
    this.connections = connections;
    this.end = end;
  }

  /**
   * Starts a server and waits until it answers.
   *
   * @throws FaultException when it does not
   */
  public static ToxiproxyServer start(Supervisor supervisor, Path binary) {
    int port = Ports.free();
    ChildProcess process =
        supervisor.spawn(
            new Command(
                List.of(binary.toString(), "-host", LOOPBACK, "-port", Integer.toString(port)),
                Map.of("LOG_LEVEL", "error"),
                Path.of("/"),
                Command.Streams.NONE));
    ToxiproxyServer server =
        new ToxiproxyServer(
            new ControlPlane(LOOPBACK, port), name -> OptionalLong.empty(), process::kill);
    try {
      server.awaitReady(process);
      // Without it connections through a server that hangs would hang too.
      server.watch(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), process::kill);
    } catch (FaultException e) {
      server.close();
      throw e;
    }
    return server;
  }

  /**
   * Starts the proxy inside this JVM, with the same API and toxics.
   *
   * @param seed what is random about toxics follows from it
   */
  public static ToxiproxyServer embedded(long seed) {
    EmbeddedProxy proxy = EmbeddedProxy.start(seed);
    InetSocketAddress api = proxy.address();
    return new ToxiproxyServer(
        new ControlPlane(api.getAddress().getHostAddress(), api.getPort()),
        name -> OptionalLong.of(proxy.connections(name)),
        proxy::close);
  }

  /**
   * Uses a server that runs already.
   *
   * @throws FaultException when nothing answers there
   */
  public static ToxiproxyServer at(URI address) {
    ControlPlane control = new ControlPlane(address.getHost(), address.getPort());
    ToxiproxyServer server = new ToxiproxyServer(control, name -> OptionalLong.empty(), null);
    try {
      server.version();
      server.watch(new InetSocketAddress(address.getHost(), address.getPort()), () -> {});
      return server;
    } catch (FaultException e) {
      control.close();
      throw e;
    }
  }

  private void watch(InetSocketAddress api, Runnable kill) {
    watch =
        ServerWatch.start(
            api,
            WATCH_EVERY,
            PATIENCE,
            failure -> {
              control.fail(failure);
              kill.run();
              whenItFails.run();
            });
  }

  /** Why the server is of no use any more; empty while it answers. */
  public Optional<String> failure() {
    return control.failure();
  }

  /** Says what is to be done, on another thread, at the moment in which the server fails. */
  public void whenItFails(Runnable action) {
    whenItFails = action;
  }

  private void awaitReady(ChildProcess process) {
    long deadline = System.nanoTime() + START_DEADLINE.toNanos();
    while (true) {
      try {
        version();
        return;
      } catch (FaultException e) {
        // A server whose port was taken stays alive and only logs it; the process check alone would
        // not notice, and the answer might be a stranger's, so both are looked at.
        if (!process.isAlive() || System.nanoTime() > deadline) {
          throw new FaultException("the toxiproxy server did not start: " + e.getMessage());
        }
        LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
      }
    }
  }

  /** What the server says of its version. */
  public String version() {
    String answer = control.call("tell its version", client -> client.version()).strip();
    Matcher matcher = VERSION.matcher(answer);
    return matcher.matches() ? matcher.group(1) : answer;
  }

  /**
   * Puts a proxy in front of an upstream.
   *
   * @param label a word for messages; letters, digits and dashes
   */
  public FaultProxy proxy(String label, InetSocketAddress upstream) {
    InetSocketAddress listen =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), Ports.free());
    // The name carries the run: a server of the user's may serve others too.
    String name = "leakguard-" + run + "-" + label;
    FaultProxy proxy =
        FaultProxy.made(control, () -> connections.apply(name), name, listen, upstream);
    proxies.add(proxy);
    return proxy;
  }

  /**
   * Ends the server, or takes this scenario's proxies off one that is the user's; where that one
   * does not answer they stay.
   */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      if (watch != null) {
        watch.close();
      }
      if (end == null) {
        proxies.forEach(FaultProxy::close);
      } else {
        end.run();
      }
    } catch (FaultException e) {
      // What was judged is judged, and the next scenario is told when it starts.
      control.fail(e.getMessage());
    } finally {
      control.close();
    }
  }
}
