package io.leakguard.gauntlet.cases;

import com.sun.net.httpserver.HttpServer;
import io.leakguard.gauntlet.fixture.Fixtures;
import java.io.IOException;
import java.lang.ref.Cleaner;
import java.lang.ref.ReferenceQueue;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousChannelGroup;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RecursiveTask;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
import java.util.prefs.Preferences;
import java.util.stream.IntStream;

/** What the JDK starts threads for on somebody's behalf. */
final class JdkCases {
  /** Holds what must not be collected. */
  private static final List<Object> KEPT = new ArrayList<>();

  private JdkCases() {}

  static void addTo(Cases cases) {
    timers(cases);
    clients(cases);
    channels(cases);
    right(cases);
    rightClients(cases);
    commonPool(cases);
  }

  private static void timers(Cases cases) {
    cases.leak("timer", n -> KEPT.add(new Timer()));
    cases.leak("timer-named", n -> KEPT.add(new Timer("price-refresh")));
    cases.leak("timer-periodic", n -> every10Millis(new Timer(true)));
    cases.leak("cleaner", n -> KEPT.add(Cleaner.create()));
    cases.leak("reference-queue", n -> Threads.start(() -> new ReferenceQueue<>().remove()));
    cases.leak(
        "publisher-own-executor",
        n ->
            publish(
                new SubmissionPublisher<>(
                    Executors.newFixedThreadPool(1), Flow.defaultBufferSize())));
  }

  private static void clients(Cases cases) {
    cases.leak("http-client", n -> KEPT.add(send(HttpClient.newHttpClient())));
    cases.leak(
        "http-client-own-executor",
        n ->
            KEPT.add(
                send(HttpClient.newBuilder().executor(Executors.newFixedThreadPool(1)).build())));
    cases.leak("http-server", n -> HttpServer.create(Fixtures.address(0), 0).start());
    cases.leak("watch-service", n -> KEPT.add(watch()));
  }

  private static void channels(Cases cases) {
    cases.leak("channel-group", n -> KEPT.add(group()));
    cases.leak("async-file-own-executor", JdkCases::readFile);
  }

  private static void right(Cases cases) {
    cases.right("timer-static", JdkCases::staticTimer);
    cases.right("timer-cancelled", n -> cancelled());
    cases.right("cleaner-static", () -> lazily(Cleaner::create));
    cases.right("watch-service-static", () -> lazily(JdkCases::watch));
    cases.right("watch-service-closed", n -> watch().close());
    cases.right("http-server-stopped", n -> startAndStop());
    cases.right("http-server-static", () -> lazily(JdkCases::server));
    cases.right("channel-group-static", () -> lazily(JdkCases::group));
    cases.right("channel-group-closed", n -> group().shutdownNow());
    cases.right("async-file-default-group", n -> readDefault());
    cases.right("logger", n -> Logger.getLogger("orders").fine("order"));
    cases.right("preferences", n -> Preferences.userRoot().get("a", "b"));
  }

  private static void rightClients(Cases cases) {
    cases.right("http-client-static", JdkCases::staticClient);
    cases.right("http-client-lazy", JdkCases::lazyClient);
    cases.right("http-client-async", JdkCases::asyncClient);
    cases.right("http-client-concurrent", JdkCases::concurrentClient);
    cases.right("http-client-own-executor-static", JdkCases::clientWithExecutor);
    cases.right("http-client-time-out", JdkCases::timingOut);
  }

  private static void commonPool(Cases cases) {
    cases.right("parallel-stream", n -> Sum.inParallel());
    cases.right("supply-async", n -> CompletableFuture.supplyAsync(() -> "price").join());
    cases.right("supply-async-ten", n -> joinTen());
    cases.right("or-time-out", n -> orTimeout());
    cases.right("complete-on-time-out", n -> completeOnTimeout());
    cases.right("delayed-executor", n -> delayed());
    cases.right("fork-join-common", n -> ForkJoinPool.commonPool().invoke(new Sum(0, 1000)));
    cases.right("publisher-closed", n -> publish(new SubmissionPublisher<>()));
  }

  private static Body lazily(Callable<?> factory) {
    Lazy<Object> made = Lazy.of(factory::call);
    return n -> made.get();
  }

  private static void every10Millis(Timer timer) {
    timer.schedule(new Refresh(), 0, 10);
  }

  private static Body staticTimer() {
    Timer timer = new Timer("price-refresh");
    every10Millis(timer);
    KEPT.add(timer);
    return n -> timer.schedule(new Refresh(), 1);
  }

  private static void cancelled() {
    Timer timer = new Timer();
    every10Millis(timer);
    timer.cancel();
  }

  private static HttpRequest price(String path) {
    return HttpRequest.newBuilder(URI.create(Fixtures.url(path)))
        .timeout(Duration.ofSeconds(5))
        .build();
  }

  private static HttpClient send(HttpClient client) throws IOException, InterruptedException {
    client.send(price("/price"), BodyHandlers.ofString());
    return client;
  }

  private static HttpServer server() throws IOException {
    HttpServer server = HttpServer.create(Fixtures.address(0), 0);
    server.start();
    return server;
  }

  private static void startAndStop() throws IOException {
    server().stop(0);
  }

  private static WatchService watch() throws IOException {
    WatchService service = FileSystems.getDefault().newWatchService();
    Path.of(System.getProperty("java.io.tmpdir"))
        .register(service, StandardWatchEventKinds.ENTRY_CREATE);
    return service;
  }

  private static AsynchronousChannelGroup group() throws Exception {
    AsynchronousChannelGroup group =
        AsynchronousChannelGroup.withFixedThreadPool(1, Executors.defaultThreadFactory());
    try (AsynchronousSocketChannel channel = AsynchronousSocketChannel.open(group)) {
      channel.connect(Fixtures.address(Fixtures.http())).get();
    }
    return group;
  }

  private static void readFile(int invocation) throws Exception {
    try (AsynchronousFileChannel file =
        AsynchronousFileChannel.open(
            Path.of("/etc/hostname"),
            Set.of(StandardOpenOption.READ),
            Executors.newFixedThreadPool(1))) {
      file.read(ByteBuffer.allocate(10), 0).get();
    }
  }

  private static void readDefault() throws Exception {
    try (AsynchronousFileChannel file = AsynchronousFileChannel.open(Path.of("/etc/hostname"))) {
      file.read(ByteBuffer.allocate(10), 0).get();
    }
  }

  private static Body staticClient() {
    HttpClient client = HttpClient.newHttpClient();
    return n -> send(client);
  }

  private static Body lazyClient() {
    Lazy<HttpClient> client = Lazy.of(HttpClient::newHttpClient);
    return n -> send(client.get());
  }

  private static Body asyncClient() {
    HttpClient client = HttpClient.newHttpClient();
    return n -> client.sendAsync(price("/price"), BodyHandlers.ofString()).join();
  }

  /** One more request at once in each invocation. */
  private static Body concurrentClient() {
    HttpClient client = HttpClient.newHttpClient();
    return n -> {
      List<CompletableFuture<?>> prices = new ArrayList<>();
      for (int i = 0; i < Math.min(n, 10); i++) {
        prices.add(client.sendAsync(price("/price"), BodyHandlers.ofString()));
      }
      prices.forEach(CompletableFuture::join);
    };
  }

  private static Body clientWithExecutor() {
    Executor executor = Executors.newFixedThreadPool(8);
    HttpClient client = HttpClient.newBuilder().executor(executor).build();
    return n -> send(client);
  }

  private static Body timingOut() {
    HttpClient client = HttpClient.newHttpClient();
    HttpRequest slow =
        HttpRequest.newBuilder(URI.create(Fixtures.url("/slow")))
            .timeout(Duration.ofMillis(10))
            .build();
    return n -> {
      try {
        client.send(slow, BodyHandlers.ofString());
      } catch (HttpTimeoutException e) {
        System.out.println("no price in time");
      }
    };
  }

  private static void joinTen() {
    List<CompletableFuture<String>> prices = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      prices.add(CompletableFuture.supplyAsync(() -> "price"));
    }
    prices.forEach(CompletableFuture::join);
  }

  private static void orTimeout() {
    CompletableFuture.supplyAsync(() -> "price").orTimeout(5, TimeUnit.SECONDS).join();
  }

  private static void completeOnTimeout() {
    new CompletableFuture<String>().completeOnTimeout("none", 2, TimeUnit.MILLISECONDS).join();
  }

  private static void delayed() {
    Executor later = CompletableFuture.delayedExecutor(2, TimeUnit.MILLISECONDS);
    CompletableFuture.supplyAsync(() -> "price", later).join();
  }

  private static void publish(SubmissionPublisher<String> publisher) {
    publisher.consume(order -> {});
    publisher.submit("order");
    publisher.close();
  }

  /** A task that does nothing. */
  private static final class Refresh extends TimerTask {
    @Override
    public void run() {
      Thread.onSpinWait();
    }
  }

  /** Divides and conquers. */
  private static final class Sum extends RecursiveTask<Long> {
    private static final long serialVersionUID = 1;

    private final int from;
    private final int to;

    static int inParallel() {
      return IntStream.range(0, 1000).parallel().sum();
    }

    Sum(int from, int to) {
      this.from = from;
      this.to = to;
    }

    @Override
    protected Long compute() {
      if (to - from < 100) {
        return IntStream.range(from, to).asLongStream().sum();
      }
      int middle = (from + to) / 2;
      Sum left = new Sum(from, middle);
      left.fork();
      return new Sum(middle, to).compute() + left.join();
    }
  }
}
