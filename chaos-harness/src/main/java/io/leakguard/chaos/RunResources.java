package io.leakguard.chaos;

import com.sun.management.UnixOperatingSystemMXBean;
import io.leakguard.chaos.fault.ToxiproxyServer;
import io.leakguard.chaos.lambda.JavaInstallation;
import io.leakguard.chaos.lambda.LocalLambda;
import io.leakguard.chaos.lambda.RuntimeClient;
import io.leakguard.chaos.load.LoadDriver;
import io.leakguard.chaos.load.LoadException;
import io.leakguard.chaos.process.Command;
import io.leakguard.chaos.process.Quota;
import io.leakguard.chaos.process.Supervisor;
import io.leakguard.chaos.scenario.Stage;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;

/** What one run holds: its child processes, its local Lambda and its load driver. */
final class RunResources implements AutoCloseable {
  /** Some 70 for the class path, and 20 for each function that is played at a time. */
  private static final int FEWEST_DESCRIPTORS = 256;

  private final Supervisor supervisor;
  private final EventLoopGroup loops;
  private final LoadDriver load;
  private final LocalLambda lambda;
  private final Stage stage;

  private RunResources(Supervisor supervisor, Function<Supervisor, ToxiproxyServer> proxies) {
    Installation installation = Installation.current();
    this.supervisor = supervisor;
    this.loops =
        new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("upstream", true), NioIoHandler.newFactory());
    this.load = startLoad(supervisor, installation);
    this.stage = new Stage(() -> proxies.apply(supervisor), loops, load, supervisor.scratch());
    this.lambda =
        LocalLambda.start(
            supervisor,
            RuntimeClient.in(installation.runtimeClient()),
            JavaInstallation.current(),
            stage.listener());
    stage.open(lambda, lambda.listen(0));
  }

  /**
   * Starts all of it.
   *
   * @param proxies starts or finds a proxy server
   * @throws UserError where the limits of this process do not allow it
   */
  static RunResources open(Function<Supervisor, ToxiproxyServer> proxies) {
    if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
      requireDescriptors(system.getMaxFileDescriptorCount());
    }
    Supervisor supervisor = Supervisor.start();
    try {
      return new RunResources(supervisor, proxies);
    } catch (RuntimeException e) {
      supervisor.close();
      throw e;
    }
  }

  /** With too few of them classes are missing and connections fail, which looks like anything. */
  static void requireDescriptors(long limit) {
    if (limit < FEWEST_DESCRIPTORS) {
      throw new UserError(
          "a run needs %d file descriptors: ulimit -n is %d".formatted(FEWEST_DESCRIPTORS, limit));
    }
  }

  private static LoadDriver startLoad(Supervisor supervisor, Installation installation) {
    try {
      Path folder = Files.createTempDirectory(supervisor.scratch(), "load-");
      return new LoadDriver(
          installation.loadDriver(),
          folder,
          command ->
              supervisor
                  .spawn(new Command(command, Map.of(), folder, Command.Streams.PLAIN))
                  .process());
    } catch (IOException | LoadException e) {
      throw new UserError("the load driver did not start: " + e.getMessage(), e);
    }
  }

  Stage stage() {
    return stage;
  }

  /** A folder that disappears with the run. */
  Path folder() {
    return supervisor.scratch();
  }

  /** Ends every child process. */
  @Override
  public void close() {
    try (supervisor) {
      load.close();
      lambda.close();
      loops.shutdownGracefully();
    }
    Quota.sweep();
  }
}
