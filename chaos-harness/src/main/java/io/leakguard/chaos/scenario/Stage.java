package io.leakguard.chaos.scenario;

import io.leakguard.chaos.fault.FaultException;
import io.leakguard.chaos.fault.ToxiproxyServer;
import io.leakguard.chaos.lambda.EnvironmentEnd;
import io.leakguard.chaos.lambda.EnvironmentId;
import io.leakguard.chaos.lambda.EnvironmentInfo;
import io.leakguard.chaos.lambda.EnvironmentListener;
import io.leakguard.chaos.lambda.InvocationRecord;
import io.leakguard.chaos.lambda.LocalLambda;
import io.leakguard.chaos.load.LoadDriver;
import io.leakguard.chaos.upstream.Authority;
import io.netty.channel.EventLoopGroup;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What all shapes of a run share: the local Lambda, the load driver, and where proxies come from.
 */
public final class Stage {
  private final Supplier<ToxiproxyServer> proxies;
  private final EventLoopGroup loops;
  private final LoadDriver load;
  private final Path folder;
  private final Map<String, Recorder> recorders = new ConcurrentHashMap<>();
  private LocalLambda lambda;
  private Authority authority;
  private URI invocations;

  /**
   * A stage that has no local Lambda yet; see {@link #open}.
   *
   * @param proxies starts or finds a proxy server, for one shape
   * @param loops where upstreams run
   * @param folder for files that functions read; disappears with the run
   */
  public Stage(
      Supplier<ToxiproxyServer> proxies, EventLoopGroup loops, LoadDriver load, Path folder) {
    this.folder = folder;
    this.proxies = proxies;
    this.loops = loops;
    this.load = load;
  }

  /** Gives the stage its local Lambda, which must report to {@link #listener()}. */
  public void open(LocalLambda running, URI endpoint) {
    lambda = running;
    invocations = endpoint;
  }

  LocalLambda lambda() {
    return lambda;
  }

  LoadDriver load() {
    return load;
  }

  EventLoopGroup loops() {
    return loops;
  }

  Path folder() {
    return folder;
  }

  /** Made when it is first needed. */
  Authority authority() {
    if (authority == null) {
      try {
        authority = Authority.in(folder);
      } catch (UncheckedIOException e) {
        throw new FaultException(e.getMessage());
      }
    }
    return authority;
  }

  ToxiproxyServer startProxies() {
    return proxies.get();
  }

  URI address(String function) {
    return invocations.resolve("/2015-03-31/functions/" + function + "/invocations");
  }

  void watch(String function, Recorder recorder) {
    recorders.put(function, recorder);
  }

  /** Hears of everything that the functions under test do. */
  public EnvironmentListener listener() {
    return new EnvironmentListener() {
      @Override
      public void environmentStarted(EnvironmentInfo environment) {
        tell(environment.id(), recorder -> recorder.log().started(environment.id().number()));
      }

      @Override
      public void environmentEnded(EnvironmentInfo environment, EnvironmentEnd reason, int status) {
        tell(environment.id(), recorder -> recorder.ended(environment, reason, status));
      }

      @Override
      public void environmentFrozen(EnvironmentId id, boolean frozen) {
        tell(id, recorder -> recorder.log().frozen(id.number(), frozen));
      }

      @Override
      public void invocationEnded(InvocationRecord invocation) {
        Recorder recorder = recorders.get(invocation.function());
        if (recorder != null) {
          recorder.ended(invocation);
        }
      }

      @Override
      public void logLine(EnvironmentId id, String requestId, String line, boolean framed) {
        tell(id, recorder -> recorder.line(id.number(), line));
      }
    };
  }

  private void tell(EnvironmentId id, Consumer<Recorder> news) {
    Recorder recorder = recorders.get(id.function());
    if (recorder != null) {
      news.accept(recorder);
    }
  }
}
