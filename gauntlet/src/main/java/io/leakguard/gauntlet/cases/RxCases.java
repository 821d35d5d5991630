package io.leakguard.gauntlet.cases;

import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.schedulers.Schedulers;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Schedulers of RxJava. */
final class RxCases {
  private RxCases() {}

  static void addTo(Cases cases) {
    leaks(cases);
    right(cases);
  }

  private static void leaks(Cases cases) {
    cases.leak("own-executor", n -> use(Schedulers.from(Executors.newFixedThreadPool(1))));
    cases.leak("io-worker-not-disposed", n -> useIoWorker());
    cases.leak("interval-not-disposed", n -> interval());
  }

  private static void right(Cases cases) {
    cases.right("io", n -> use(Schedulers.io()));
    cases.right("io-concurrent", n -> priceRx(Math.min(n, 10)));
    cases.right("computation", n -> use(Schedulers.computation()));
    cases.right("single", n -> use(Schedulers.single()));
    cases.right("new-thread", n -> use(Schedulers.newThread()));
  }

  private static String use(Scheduler scheduler) {
    return Single.fromCallable(() -> "price").subscribeOn(scheduler).blockingGet();
  }

  private static void useIoWorker() {
    Schedulers.io().createWorker().schedule(() -> {});
  }

  /** Each subscription has a worker of its own as long as it is not disposed. */
  private static void interval() {
    Flowable.interval(10, TimeUnit.MILLISECONDS, Schedulers.io()).subscribe();
  }

  private static List<String> priceRx(int orders) {
    return Flowable.range(0, orders)
        .flatMapSingle(
            order -> Single.fromCallable(RxCases::slowPrice).subscribeOn(Schedulers.io()))
        .toList()
        .blockingGet();
  }

  private static String slowPrice() {
    Threads.sleep(3);
    return "price";
  }
}
