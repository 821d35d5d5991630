package io.leakguard.gauntlet.cases;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.leakguard.gauntlet.fixture.Echo;
import io.leakguard.gauntlet.fixture.Fixtures;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.HashedWheelTimer;
import io.netty.util.concurrent.DefaultEventExecutorGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutorGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.LoopResources;

/** Event loops: threads that wait in select and have no idle frame of a pool. */
final class LoopCases {
  /** Holds what must not be collected. */
  private static final List<Object> KEPT = new ArrayList<>();

  private LoopCases() {}

  static void addTo(Cases cases) {
    netty(cases);
    nettyRight(cases);
    reactorNetty(cases);
    vertx(cases);
    grpc(cases);
  }

  private static void netty(Cases cases) {
    cases.leak("netty-group", n -> use(loops(1)));
    cases.leak("netty-group-of-two", n -> useBoth(loops(2)));
    cases.leak("netty-group-of-one-name", n -> use(namedLoops("orders")));
    cases.leak("netty-executor-group", n -> use(new DefaultEventExecutorGroup(1)));
    cases.leak("netty-wheel-timer", n -> startTimer());
  }

  private static void nettyRight(Cases cases) {
    cases.right("netty-group-static", LoopCases::staticGroup);
    cases.right("netty-group-lazy-growing", LoopCases::growingGroup);
    cases.right("netty-group-closed-not-awaited", n -> closeInQuietPeriod(loops(1)));
    cases.right("netty-group-closed", n -> closeAndAwait(loops(2)));
    cases.right("netty-executor-group-growing", LoopCases::growingExecutors);
    cases.right("netty-global-executor", n -> use(GlobalEventExecutor.INSTANCE));
    cases.right("netty-wheel-timer-static", LoopCases::staticTimer);
  }

  private static void reactorNetty(Cases cases) {
    cases.leak("reactor-netty-loops", LoopCases::reactorLoops);
    cases.right("reactor-netty-static", LoopCases::staticReactor);
    cases.right("reactor-netty-client-per-invocation", n -> get(HttpClient.create()));
    cases.right("reactor-netty-loops-disposed", LoopCases::disposedLoops);
  }

  private static void vertx(Cases cases) {
    cases.leak("vertx", n -> run(Vertx.vertx(small())));
    cases.right("vertx-static", LoopCases::staticVertx);
    cases.right("vertx-blocking-growing", LoopCases::growingVertx);
    cases.right("vertx-closed", n -> runAndClose());
  }

  private static void grpc(Cases cases) {
    cases
        .leak("grpc-channel", n -> callAndKeep())
        .undecidable(
            "a static connection pool that warms up leaves a socket per invocation as well",
            "growth past any bound of a pool");
    cases.right("grpc-static", LoopCases::staticChannel);
    cases.right("grpc-lazy", LoopCases::lazyChannel);
    cases.right("grpc-closed", n -> callAndClose());
    cases.right("grpc-concurrent", LoopCases::concurrentCalls);
  }

  private static EventLoopGroup loops(int threads) {
    return new MultiThreadIoEventLoopGroup(threads, NioIoHandler.newFactory());
  }

  private static EventLoopGroup namedLoops(String name) {
    ThreadFactory factory = task -> new Thread(task, name);
    return new MultiThreadIoEventLoopGroup(1, factory, NioIoHandler.newFactory());
  }

  private static void use(EventExecutorGroup group) throws Exception {
    group.submit(() -> "price").get();
  }

  private static void useBoth(EventLoopGroup group) throws Exception {
    use(group);
    use(group);
  }

  private static void startTimer() {
    HashedWheelTimer timer = new HashedWheelTimer();
    timer.newTimeout(expired -> {}, 1, TimeUnit.MILLISECONDS);
    KEPT.add(timer);
  }

  private static Body staticGroup() {
    EventLoopGroup group = loops(4);
    return n -> use(group);
  }

  /** Each use starts the next loop until all run. */
  private static Body growingGroup() {
    Lazy<EventLoopGroup> group =
        Lazy.of(
            () ->
                new MultiThreadIoEventLoopGroup(
                    8, new DefaultThreadFactory("orders"), NioIoHandler.newFactory()));
    return n -> use(group.get());
  }

  private static Body growingExecutors() {
    Lazy<EventExecutorGroup> group = Lazy.of(() -> new DefaultEventExecutorGroup(8));
    return n -> use(group.get());
  }

  private static void closeInQuietPeriod(EventLoopGroup group) throws Exception {
    use(group);
    group.shutdownGracefully();
  }

  private static void closeAndAwait(EventLoopGroup group) throws Exception {
    useBoth(group);
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).get();
  }

  private static Body staticTimer() {
    Lazy<HashedWheelTimer> timer = Lazy.of(HashedWheelTimer::new);
    return n -> timer.get().newTimeout(expired -> {}, 1, TimeUnit.MILLISECONDS);
  }

  private static void get(HttpClient client) {
    client.get().uri(Fixtures.url("/price")).responseContent().aggregate().block();
  }

  private static void reactorLoops(int invocation) {
    LoopResources loops = LoopResources.create("orders", 1, true);
    KEPT.add(loops);
    get(HttpClient.newConnection().runOn(loops));
  }

  private static Body staticReactor() {
    HttpClient client = HttpClient.create();
    return n -> get(client);
  }

  private static void disposedLoops(int invocation) {
    LoopResources loops = LoopResources.create("orders", 1, true);
    get(HttpClient.newConnection().runOn(loops));
    loops.disposeLater(Duration.ZERO, Duration.ofSeconds(1)).block();
  }

  private static VertxOptions small() {
    return new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1);
  }

  private static void run(Vertx vertx) throws Exception {
    KEPT.add(vertx);
    vertx.timer(1, TimeUnit.MILLISECONDS).toCompletionStage().toCompletableFuture().get();
  }

  private static Body staticVertx() {
    Vertx vertx = Vertx.vertx();
    return n -> run(vertx);
  }

  private static Body growingVertx() {
    Lazy<Vertx> vertx = Lazy.of(Vertx::vertx);
    return n ->
        vertx
            .get()
            .executeBlocking(() -> "price", false)
            .toCompletionStage()
            .toCompletableFuture()
            .get();
  }

  private static void runAndClose() throws Exception {
    Vertx vertx = Vertx.vertx(small());
    run(vertx);
    vertx.close().toCompletionStage().toCompletableFuture().get();
  }

  private static ManagedChannel channel() {
    return NettyChannelBuilder.forAddress("127.0.0.1", Fixtures.grpc()).usePlaintext().build();
  }

  private static void callAndKeep() {
    ManagedChannel channel = channel();
    KEPT.add(channel);
    call(channel);
  }

  private static void call(ManagedChannel channel) {
    ClientCalls.blockingUnaryCall(channel, Echo.METHOD, CallOptions.DEFAULT, "price");
  }

  private static Body staticChannel() {
    ManagedChannel channel = channel();
    return n -> call(channel);
  }

  private static Body lazyChannel() {
    Lazy<ManagedChannel> channel = Lazy.of(LoopCases::channel);
    return n -> call(channel.get());
  }

  private static void callAndClose() throws InterruptedException {
    ManagedChannel channel = channel();
    call(channel);
    channel.shutdown().awaitTermination(1, TimeUnit.SECONDS);
  }

  private static Body concurrentCalls() {
    ManagedChannel channel = channel();
    return n -> {
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < Math.min(n, 10); i++) {
        threads.add(Threads.start(() -> call(channel)));
      }
      for (Thread thread : threads) {
        thread.join();
      }
    };
  }
}
