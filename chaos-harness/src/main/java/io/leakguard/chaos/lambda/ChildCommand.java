package io.leakguard.chaos.lambda;

import io.leakguard.chaos.process.Command;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The command line and environment with which the managed runtime starts a function's JVM. */
final class ChildCommand {
  private static final String MAIN = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";
  private static final String JNI_PROPERTY =
      "com.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI";

  private static final Pattern RUNTIME = Pattern.compile("java(\\d{1,3})([.].*)?");

  private final JavaInstallation java;
  private final RuntimeClient client;
  private final Path nativeLibrary;

  ChildCommand(JavaInstallation java, RuntimeClient client, Path nativeLibrary) {
    this.java = java;
    this.client = client;
    this.nativeLibrary = nativeLibrary;
  }

  /**
   * Makes the command of one environment.
   *
   * @param temporary its folder for temporary files
   */
  Command command(
      FunctionConfig config, FunctionOptions options, EnvironmentId id, int port, Path temporary) {
    List<String> line = new ArrayList<>(options.wrapper());
    config.execWrapper().ifPresent(wrapper -> line.add(wrapper.toString()));
    line.add(java.executable().toString());
    line.addAll(flags(config, temporary));
    line.addAll(options.jvmOptions());
    line.addAll(List.of("-classpath", client.classPath(), MAIN, config.handler()));
    return new Command(
        line, environment(config, id, port), config.taskRoot(), Command.Streams.FRAMED_LOG);
  }

  /** In the order of the managed runtime, as captured from java17 at 512 MB. */
  private List<String> flags(FunctionConfig config, Path temporary) {
    List<String> flags = new ArrayList<>();
    int release = release(config.runtime());
    flags.add("-XX:MaxHeapSize=" + heapKilobytes(release, config.memoryMegabytes()) + "k");
    flags.add("-XX:+UseSerialGC");
    flags.add("-XX:+TieredCompilation");
    if (stopsAtC1(release, config.snapStart())) {
      flags.add("-XX:TieredStopAtLevel=1");
    }
    flags.add("-XX:ActiveProcessorCount=" + processors(config.memoryMegabytes()));
    if (java.feature() >= 9) {
      flags.add("--add-opens=java.base/java.io=ALL-UNNAMED");
    }
    flags.add("-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac");
    if (java.feature() >= 17) {
      flags.add("-XX:+ErrorFileToStderr");
    }
    flags.add("-D" + JNI_PROPERTY + "=" + nativeLibrary);
    if (java.feature() >= 22) {
      flags.add("--enable-native-access=ALL-UNNAMED");
    }
    // Each sandbox has a /tmp of its own. A path that the function spells out stays shared.
    flags.add("-Djava.io.tmpdir=" + temporary);
    // As in the sandbox, where this folder does not exist: no SDK finds the caller's AWS profile.
    flags.add("-Duser.home=/home/sbx_user1051");
    return flags;
  }

  /** The Java release of a runtime's identifier; 17 where it has none. */
  static int release(String runtime) {
    Matcher identifier = RUNTIME.matcher(runtime);
    return identifier.matches() ? Integer.parseInt(identifier.group(1)) : 17;
  }

  /** 85 % of the function's memory; 70 % in the runtimes before java17. */
  static long heapKilobytes(int release, int memoryMegabytes) {
    return Math.round(memoryMegabytes * 1024 * (release < 17 ? 0.7 : 0.85));
  }

  /** The runtimes java17 and java21 always do, java25 but with snapshots, older ones do not. */
  static boolean stopsAtC1(int release, boolean snapStart) {
    return release >= 25 ? !snapStart : release >= 17;
  }

  /** The processors that a function of this size sees: 2 up to 3,008 MB, 6 at 10,240 MB. */
  static int processors(int memoryMegabytes) {
    int whole = CpuShare.MEGABYTES_OF_A_PROCESSOR;
    return memoryMegabytes <= 3008 ? 2 : Math.max(3, (memoryMegabytes + whole - 1) / whole);
  }

  private Map<String, String> environment(FunctionConfig config, EnvironmentId id, int port) {
    Map<String, String> variables = new HashMap<>(defaults());
    variables.putAll(config.environment());
    variables.putAll(reserved(config, id, port));
    return variables;
  }

  /** What a function's own variables may replace. */
  private static Map<String, String> defaults() {
    Map<String, String> variables = new HashMap<>();
    variables.put("PATH", "/usr/local/bin:/usr/bin:/bin:/opt/bin");
    variables.put("LANG", "en_US.UTF-8");
    variables.put("TZ", ":UTC");
    variables.put("AWS_REGION", "us-east-1");
    variables.put("AWS_DEFAULT_REGION", "us-east-1");
    variables.put("AWS_ACCESS_KEY_ID", "AKIALOCALLAMBDADUMMY");
    variables.put("AWS_SECRET_ACCESS_KEY", "local-lambda-dummy-secret");
    variables.put("AWS_SESSION_TOKEN", "local-lambda-dummy-token");
    variables.put("AWS_XRAY_CONTEXT_MISSING", "LOG_ERROR");
    variables.put("AWS_XRAY_DAEMON_ADDRESS", "127.0.0.1:2000");
    // Not set in production. Without these two, the metrics library's detection and the SDKs ask
    // 169.254.169.254, which on a machine in the cloud answers with that machine's identity.
    variables.put("AWS_EMF_ENVIRONMENT", "Lambda");
    variables.put("AWS_EC2_METADATA_DISABLED", "true");
    return variables;
  }

  /** What Lambda does not let a function set. */
  private static Map<String, String> reserved(FunctionConfig config, EnvironmentId id, int port) {
    Map<String, String> variables = new HashMap<>();
    variables.put("AWS_LAMBDA_RUNTIME_API", "127.0.0.1:" + port);
    variables.put("_LAMBDA_TELEMETRY_LOG_FD", "3");
    variables.put("_HANDLER", config.handler());
    variables.put("AWS_EXECUTION_ENV", "AWS_Lambda_" + config.runtime());
    variables.put("AWS_LAMBDA_FUNCTION_NAME", config.name());
    variables.put("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST");
    variables.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", Integer.toString(config.memoryMegabytes()));
    variables.put("AWS_LAMBDA_INITIALIZATION_TYPE", initialization(config));
    config
        .maxConcurrency()
        .ifPresent(count -> variables.put("AWS_LAMBDA_MAX_CONCURRENCY", Integer.toString(count)));
    variables.put("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/" + config.name());
    variables.put("AWS_LAMBDA_LOG_STREAM_NAME", logStream(id));
    variables.put("LAMBDA_TASK_ROOT", config.taskRoot().toString());
    variables.put("LAMBDA_RUNTIME_DIR", "/var/runtime");
    return variables;
  }

  private static String initialization(FunctionConfig config) {
    if (config.maxConcurrency().isPresent()) {
      return "lambda-managed-instances";
    }
    return config.snapStart() ? "snap-start" : "on-demand";
  }

  private static String logStream(EnvironmentId id) {
    String day = DateTimeFormatter.ofPattern("yyyy/MM/dd").format(LocalDate.now(ZoneOffset.UTC));
    return day + "/[$LATEST]" + String.format(Locale.ROOT, "%032x", id.number());
  }
}
