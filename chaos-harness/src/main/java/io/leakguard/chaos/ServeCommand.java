package io.leakguard.chaos;

import io.leakguard.chaos.lambda.EnvironmentId;
import io.leakguard.chaos.lambda.EnvironmentListener;
import io.leakguard.chaos.lambda.FunctionOptions;
import io.leakguard.chaos.lambda.JavaInstallation;
import io.leakguard.chaos.lambda.LocalLambda;
import io.leakguard.chaos.lambda.Overflow;
import io.leakguard.chaos.lambda.RuntimeClient;
import io.leakguard.chaos.process.Supervisor;
import io.leakguard.chaos.sam.FunctionDefinition;
import io.leakguard.chaos.scenario.Target;
import io.leakguard.chaos.upstream.UpstreamStub;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code chaos serve}: the local Lambda, left running. */
@Command(
    name = "serve",
    description =
        "Runs the template's functions behind AWS's Invoke path, for curl, the AWS CLI and tests.")
final class ServeCommand implements Callable<Integer> {
  private static final int DEFAULT_ENVIRONMENTS = 4;

  @Spec private CommandSpec spec;

  @Mixin private ProjectOptions projectOptions;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "3001",
      description = "Where to listen on 127.0.0.1, 0 for any free port; default ${DEFAULT-VALUE}.")
  private int port;

  @Option(
      names = "--environments",
      paramLabel = "N",
      description =
          "How many environments a function may have at once; past it, 429. Default: its reserved"
              + " concurrency, or 4.")
  private Integer environments;

  @Override
  public Integer call() throws InterruptedException {
    requireRange("--port", port, 0, 65_535);
    if (environments != null) {
      requireRange("--environments", environments, 1, 1_000);
    }
    Project project = projectOptions.read();
    EventLoopGroup loops =
        new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("upstream", true), NioIoHandler.newFactory());
    Installation installation = Installation.current();
    try (Supervisor supervisor = Supervisor.start();
        UpstreamStub upstream = new UpstreamStub(loops);
        LocalLambda lambda =
            LocalLambda.start(
                supervisor,
                RuntimeClient.in(installation.runtimeClient()),
                JavaInstallation.current(),
                new Echo(spec.commandLine().getOut()))) {
      Targets targets = new Targets(supervisor.scratch(), installation, project);
      Map<String, String> notRun = new LinkedHashMap<>(project.notRun());
      Set<String> redirected = new TreeSet<>();
      for (Target target : targets.all(project, notRun)) {
        deploy(lambda, target, project.function(target.config().name()), upstream.address());
        redirected.addAll(target.upstreams().keySet());
      }
      notRun.forEach((function, reason) -> say("not run: " + function + ": " + reason));
      project.notes().forEach(note -> say("note: " + note));
      tellOf(redirected, upstream.address());
      URI address = listen(lambda);
      PrintWriter out = spec.commandLine().getOut();
      out.println("ready " + address);
      out.flush();
      // Until Ctrl-C: the supervisor then ends what runs here.
      new CountDownLatch(1).await();
      return 0;
    }
  }

  private void say(String message) {
    Main.say(spec.commandLine().getErr(), message);
  }

  private void tellOf(Set<String> redirected, InetSocketAddress upstream) {
    if (!redirected.isEmpty()) {
      Main.say(
          spec.commandLine().getErr(),
          String.join(", ", redirected)
              + " is led to a local stand-in on port "
              + upstream.getPort());
    }
  }

  private static void requireRange(String option, int value, int low, int high) {
    if (value < low || value > high) {
      throw new UserError(option + " must be from " + low + " to " + high + ": " + value);
    }
  }

  private void deploy(
      LocalLambda lambda, Target target, FunctionDefinition function, InetSocketAddress upstream) {
    OptionalInt reserved = function.reservedConcurrency();
    int limit =
        environments != null ? environments : Math.max(1, reserved.orElse(DEFAULT_ENVIRONMENTS));
    lambda.deploy(
        target.withUpstreamsAt(upstream),
        FunctionOptions.DEFAULT.withEnvironments(limit).withOverflow(Overflow.REJECT));
  }

  private URI listen(LocalLambda lambda) {
    try {
      return lambda.listen(port);
    } catch (UncheckedIOException e) {
      throw new UserError(
          "--port must be one that is free on 127.0.0.1: "
              + port
              + "\nname another, or 0 for any free one",
          e);
    }
  }

  /** Passes on what the functions print. */
  private static final class Echo implements EnvironmentListener {
    private final PrintWriter out;

    Echo(PrintWriter out) {
      this.out = out;
    }

    @Override
    public void logLine(EnvironmentId id, String requestId, String line, boolean framed) {
      synchronized (out) {
        out.println(id + "  " + line.stripTrailing());
        out.flush();
      }
    }
  }
}
