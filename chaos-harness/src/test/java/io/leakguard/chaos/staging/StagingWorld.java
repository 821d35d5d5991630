package io.leakguard.chaos.staging;

import io.leakguard.chaos.fault.RealToxiproxy;
import io.leakguard.chaos.lambda.FunctionConfig;
import io.leakguard.chaos.lambda.FunctionOptions;
import io.leakguard.chaos.lambda.JavaInstallation;
import io.leakguard.chaos.lambda.LocalLambda;
import io.leakguard.chaos.lambda.RuntimeClient;
import io.leakguard.chaos.process.Ports;
import io.leakguard.chaos.process.Supervisor;
import io.leakguard.chaos.upstream.UpstreamStub;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.opentest4j.TestAbortedException;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;

/**
 * A staging account on this machine: the example's functions under the local Lambda, their upstream
 * behind a real Toxiproxy, and their logs in a local AWS API.
 */
public final class StagingWorld implements AutoCloseable {
  private static final Path EXAMPLE = Path.of("..", "lambda-example", "target");
  private static final StaticCredentialsProvider CREDENTIALS =
      StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test"));

  private final Supervisor supervisor = Supervisor.start();
  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(
          1, new DefaultThreadFactory("upstream", true), NioIoHandler.newFactory());
  private final AlarmServer alarms = new AlarmServer();
  private final MotoServer aws;
  private final RealToxiproxy toxiproxy;
  private final UpstreamStub upstream = new UpstreamStub(loops);
  private final CloudWatchLogsClient logs;
  private final LogShipper shipper;
  private final LocalLambda lambda;
  private final URI invocations;
  private final String listen = "127.0.0.1:" + Ports.free();

  /** Starts one; the test is aborted where a part of it is missing. */
  public static StagingWorld start() throws IOException, InterruptedException {
    Assumptions.assumeTrue(
        Files.isDirectory(EXAMPLE.resolve("dependency")),
        "the example is not built: mvn -pl lambda-example -am package");
    MotoServer aws = MotoServer.start();
    try {
      return new StagingWorld(aws, RealToxiproxy.start("-proxy-metrics"));
    } catch (TestAbortedException e) {
      aws.close();
      throw e;
    }
  }

  private StagingWorld(MotoServer aws, RealToxiproxy toxiproxy) throws IOException {
    this.aws = aws;
    this.toxiproxy = toxiproxy;
    logs =
        CloudWatchLogsClient.builder()
            .endpointOverride(aws.address())
            .credentialsProvider(CREDENTIALS)
            .region(Region.EU_CENTRAL_1)
            .build();
    shipper = new LogShipper(logs);
    lambda =
        LocalLambda.start(
            supervisor,
            RuntimeClient.in(Path.of("target/runtime")),
            JavaInstallation.current(),
            shipper);
    invocations = lambda.listen(0);
  }

  /** Deploys a handler of the example, its upstream behind Toxiproxy. */
  public void deploy(String function, String handler) throws IOException {
    Path taskRoot = supervisor.scratch().resolve("task");
    if (Files.notExists(taskRoot)) {
      copy(EXAMPLE.resolve("classes"), taskRoot);
      copy(EXAMPLE.resolve("dependency"), taskRoot.resolve("lib"));
    }
    logs.createLogGroup(r -> r.logGroupName(LogShipper.group(function)));
    lambda.deploy(
        FunctionConfig.builder(function, "io.leakguard.example." + handler, taskRoot)
            .timeout(Duration.ofSeconds(10))
            .memoryMegabytes(512)
            .environment(Map.of("INVENTORY_URL", "http://" + listen))
            .build(),
        FunctionOptions.DEFAULT.withInitTimeout(Duration.ofSeconds(60)));
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
  }

  /** What an SDK client needs to find all of it, as system properties. */
  public Map<String, String> properties() {
    return Map.of(
        "aws.accessKeyId",
        "test",
        "aws.secretAccessKey",
        "test",
        "aws.region",
        "eu-central-1",
        "aws.endpointUrl",
        aws.address().toString(),
        "aws.endpointUrlCloudWatch",
        alarms.address().toString(),
        "aws.endpointUrlLambda",
        invocations.toString());
  }

  /** A staging file; guard rails as they are given. */
  public Path file(Path folder, String functions, String rails) throws IOException {
    return Files.writeString(
        folder.resolve("staging.yaml"),
        """
        stage: staging
        functions:
        %s
        toxiproxy:
          control: %s
          proxies:
            inventory: {listen: "%s", upstream: "%s"}
        guardRails:
          stages: [staging]
        %s
        logs: {wait: 30s, settle: 500ms}
        """
            .formatted(
                functions.indent(2).stripTrailing(),
                toxiproxy.address(),
                listen,
                "127.0.0.1:" + upstream.address().getPort(),
                rails.indent(2).stripTrailing()));
  }

  /** How a function is written there. */
  public static String function(String name) {
    return """
    %s:
      invoke: %s
      event: %s
      logGroup: %s
      upstreams: [inventory]
    """
        .formatted(
            name,
            name,
            Path.of("..", "events", "http-api-order.json").toAbsolutePath().normalize(),
            LogShipper.group(name));
  }

  public AlarmServer alarms() {
    return alarms;
  }

  public RealToxiproxy toxiproxy() {
    return toxiproxy;
  }

  public URI invocations() {
    return invocations;
  }

  @Override
  public void close() {
    lambda.close();
    shipper.close();
    logs.close();
    upstream.close();
    alarms.close();
    toxiproxy.close();
    aws.close();
    loops.shutdownGracefully();
    supervisor.close();
  }
}
