package io.leakguard.gauntlet.cases;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Schedulers of Reactor. */
final class ReactorCases {
  private ReactorCases() {}

  static void addTo(Cases cases) {
    reactor(cases);
    reactorRight(cases);
  }

  private static void reactor(Cases cases) {
    cases.leak("single", n -> use(Schedulers.newSingle("price")));
    cases.leak("parallel", n -> use(Schedulers.newParallel("price", 2)));
    cases.leak("elastic", n -> use(Schedulers.newBoundedElastic(2, 100, "price")));
    cases.leak(
        "own-executor", n -> use(Schedulers.fromExecutorService(Executors.newFixedThreadPool(1))));
    cases.leak("worker-not-disposed", n -> startWorker());
    cases.leak("blocked-elastic", ReactorCases::blockElastic);
  }

  private static void reactorRight(Cases cases) {
    cases.right("shared-elastic", n -> use(Schedulers.boundedElastic()));
    cases.right("shared-elastic-concurrent", n -> price(Math.min(n, 10)));
    cases.right("shared-parallel", n -> use(Schedulers.parallel()));
    cases.right("shared-single", n -> use(Schedulers.single()));
    cases.right("delay", n -> Mono.delay(Duration.ofMillis(2)).block());
    cases
        .right("static", ReactorCases::staticReactor)
        .undecidable(
            "each of its workers is an executor of one thread, numbered across all schedulers:"
                + " eight schedulers of one thread look the same",
            "the plateau once all workers run");
    cases.right("disposed", n -> useAndDispose(Schedulers.newParallel("price", 2)));
    cases.right("time-out", n -> timeout());
  }

  private static void use(Scheduler scheduler) {
    Mono.fromCallable(() -> "price").subscribeOn(scheduler).block();
  }

  private static void useAndDispose(Scheduler scheduler) {
    use(scheduler);
    scheduler.dispose();
  }

  private static void startWorker() {
    Schedulers.newSingle("price").createWorker().schedule(() -> {});
  }

  /** The shared scheduler has a worker per blocked call until it has as many as it may. */
  private static void blockElastic(int invocation) {
    Mono.fromRunnable(Threads.unchecked(Threads::never))
        .subscribeOn(Schedulers.boundedElastic())
        .subscribe();
  }

  private static List<String> price(int orders) {
    return Flux.range(0, orders)
        .flatMap(
            order ->
                Mono.fromCallable(ReactorCases::slowPrice).subscribeOn(Schedulers.boundedElastic()))
        .collectList()
        .block();
  }

  private static String slowPrice() {
    Threads.sleep(3);
    return "price";
  }

  private static Body staticReactor() {
    Lazy<Scheduler> scheduler = Lazy.of(() -> Schedulers.newParallel("price", 8));
    return n -> use(scheduler.get());
  }

  private static void timeout() {
    Mono.<String>never().timeout(Duration.ofMillis(3), Mono.just("none")).block();
  }
}
