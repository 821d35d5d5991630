package io.leakguard.chaos.lambda;

import io.leakguard.chaos.process.Supervisor;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Lambda on this machine. Thread-safe. */
public final class LocalLambda implements AutoCloseable {
  private final EventLoopGroup group;
  private final ExecutorService workers;
  private final Host host;
  private final RuntimeClient client;
  private final Path nativeLibrary;
  private final JavaInstallation java;
  private final Map<String, LocalFunction> functions = new ConcurrentHashMap<>();
  private final List<Channel> servers = new ArrayList<>();

  private LocalLambda(
      EventLoopGroup group,
      ExecutorService workers,
      Host host,
      RuntimeClient client,
      Path nativeLibrary,
      JavaInstallation java) {
    this.group = group;
    this.workers = workers;
    this.host = host;
    this.client = client;
    this.java = java;
    this.nativeLibrary = nativeLibrary;
  }

  /**
   * Starts a Lambda without functions.
   *
   * @param supervisor starts its processes; the caller closes it after this
   * @param java what functions run with unless they are deployed with another
   * @throws UncheckedIOException when the supervisor's scratch folder cannot be written
   * @throws IllegalArgumentException when the client has no library for this machine
   */
  public static LocalLambda start(
      Supervisor supervisor,
      RuntimeClient client,
      JavaInstallation java,
      EnvironmentListener listener) {
    Path scratch = makeScratch(supervisor);
    Path nativeLibrary = client.extractNativeLibrary(scratch);
    EventLoopGroup group =
        new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("lambda", true), NioIoHandler.newFactory());
    ExecutorService workers =
        Executors.newCachedThreadPool(new DefaultThreadFactory("lambda-worker", true));
    OutputPump pump = new OutputPump();
    pump.start();
    Host host = new Host(supervisor, group.next(), workers, pump, listener, scratch);
    return new LocalLambda(group, workers, host, client, nativeLibrary, java);
  }

  private static Path makeScratch(Supervisor supervisor) {
    try {
      return Files.createTempDirectory(supervisor.scratch(), "lambda-");
    } catch (IOException e) {
      throw new UncheckedIOException("no folder for the functions' temporary files", e);
    }
  }

  /** Deploys a function, to run with the JVM it names, else with this Lambda's. */
  public LocalFunction deploy(FunctionConfig config, FunctionOptions options) {
    return deploy(config, options, config.java().orElse(java));
  }

  /**
   * Deploys a function. Nothing is started until it is invoked, so that a handler that does not
   * exist shows as {@link Outcome.InitError} or {@link Outcome.HandlerError}.
   *
   * @throws IllegalArgumentException when its name or an alias is taken
   */
  public LocalFunction deploy(
      FunctionConfig config, FunctionOptions options, JavaInstallation with) {
    ChildCommand command = new ChildCommand(with, client, nativeLibrary);
    FunctionQueue queue = new FunctionQueue(config, options, command, host);
    LocalFunction function = new LocalFunction(queue, host);
    register(config.name(), function);
    config.aliases().forEach(alias -> register(alias, function));
    return function;
  }

  private void register(String name, LocalFunction function) {
    LocalFunction other = functions.putIfAbsent(name, function);
    if (other != null && other != function) {
      throw new IllegalArgumentException(
          "name must be of one function only, was taken by " + other.config().name() + ": " + name);
    }
  }

  /** The function with this name or alias. */
  public Optional<LocalFunction> function(String name) {
    return Optional.ofNullable(functions.get(name));
  }

  /**
   * Takes a function's names away, so that another can have them. It cannot be invoked by name any
   * more; its environments live until it is removed.
   */
  public void release(LocalFunction function) {
    functions.values().removeIf(one -> one == function);
  }

  /** Removes a function: kills its environments and waits until they are gone. */
  public void remove(LocalFunction function) {
    functions.values().removeIf(one -> one == function);
    awaitGone(LocalFunction.onLoop(host.loop(), function.queue()::close));
  }

  /**
   * Listens on loopback for invocations over AWS's path, for all functions.
   *
   * @param port 0 for any free one
   * @return the address, without a path
   * @throws UncheckedIOException when the port cannot be had
   */
  public synchronized URI listen(int port) {
    ChannelFuture bound =
        Http.listen(host.loop(), port, InvokeApi::tooLarge, () -> new InvokeApi(this::function))
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new UncheckedIOException(
          "port " + port + " on 127.0.0.1 cannot be had: " + bound.cause().getMessage(),
          new IOException(bound.cause()));
    }
    servers.add(bound.channel());
    return URI.create("http://127.0.0.1:" + Http.port(bound.channel()));
  }

  /** Removes all functions, kills their environments and stops listening. */
  @Override
  public synchronized void close() {
    servers.forEach(server -> server.close().awaitUninterruptibly());
    List<Environment> ended = new ArrayList<>();
    for (LocalFunction function : functions.values()) {
      ended.addAll(LocalFunction.onLoop(host.loop(), function.queue()::close));
    }
    functions.clear();
    awaitGone(ended);
    host.pump().close();
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    workers.shutdown();
  }

  /** Waits, but not forever: the supervisor ends what is left. */
  static void awaitGone(List<Environment> environments) {
    CompletableFuture<?>[] gone =
        environments.stream().map(Environment::gone).toArray(CompletableFuture<?>[]::new);
    try {
      CompletableFuture.allOf(gone).get(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("killed environments have not ended within 5 s", e);
    }
  }
}
