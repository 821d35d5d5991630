package io.leakguard.gauntlet.cases;

import static io.leakguard.gauntlet.cases.Threads.start;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;

/** Producers and consumers on queues. */
final class QueueCases {
  private QueueCases() {}

  static void addTo(Cases cases) {
    consumers(cases);
    producers(cases);
    right(cases);
  }

  private static void consumers(Cases cases) {
    cases.leak("array-take", n -> start(() -> new ArrayBlockingQueue<String>(1).take()));
    cases.leak("linked-take", n -> start(() -> new LinkedBlockingQueue<String>().take()));
    cases.leak("deque-take", n -> start(() -> new LinkedBlockingDeque<String>().takeFirst()));
    cases.leak("priority-take", n -> start(() -> new PriorityBlockingQueue<String>().take()));
    cases.leak("delay-take", n -> start(() -> new DelayQueue<Delayed>().take()));
    cases.leak("synchronous-take", n -> start(() -> new SynchronousQueue<String>().take()));
    cases.leak("transfer-take", n -> start(() -> new LinkedTransferQueue<String>().take()));
    cases.leak("poll-loop", n -> start(() -> pollForGood(new LinkedBlockingQueue<>())));
    cases.leak(
        "writers-of-one-name",
        n -> start("order-writer", () -> drain(new LinkedBlockingQueue<>())));
    cases
        .leak("consumers-of-one-queue", QueueCases::consumersOfOneQueue)
        .undecidable(
            "a pool written by hand that adds a worker per invocation up to its bound waits on one"
                + " queue as well",
            "growth past the bound of any pool that warms up");
  }

  private static Body consumersOfOneQueue() {
    BlockingQueue<String> orders = new LinkedBlockingQueue<>();
    return n -> start("order-consumer-" + n, () -> drain(orders));
  }

  private static void producers(Cases cases) {
    cases.leak("synchronous-put", n -> start(() -> new SynchronousQueue<String>().put("order")));
    cases.leak("transfer", n -> start(() -> new LinkedTransferQueue<String>().transfer("order")));
    cases.leak(
        "put-to-a-full-queue",
        () -> {
          BlockingQueue<String> full = new ArrayBlockingQueue<>(1);
          full.put("first");
          return n -> start(() -> full.put("order"));
        });
  }

  private static void right(Cases cases) {
    cases.right("one-consumer-static", QueueCases::oneConsumer);
    cases.right("one-consumer-lazy", QueueCases::oneLazyConsumer);
    cases.right("consumer-of-an-invocation-is-ended", QueueCases::consumerPerInvocation);
    cases.right("one-poll-loop", QueueCases::onePollLoop);
    cases.right("restarted-consumer", QueueCases::restartedConsumer);
  }

  private static Body oneConsumer() {
    BlockingQueue<String> orders = new LinkedBlockingQueue<>();
    start("order-writer", () -> drain(orders));
    return n -> orders.put("order " + n);
  }

  private static Body oneLazyConsumer() {
    BlockingQueue<String> orders = new LinkedBlockingQueue<>();
    Lazy<Thread> writer = Lazy.of(() -> start("order-writer", () -> drain(orders)));
    return n -> {
      writer.get();
      orders.put("order " + n);
    };
  }

  private static void consumerPerInvocation(int invocation) throws InterruptedException {
    BlockingQueue<String> orders = new LinkedBlockingQueue<>();
    Thread writer = start("order-writer", () -> drain(orders));
    orders.put("order");
    writer.interrupt();
    writer.join();
  }

  private static Body onePollLoop() {
    Lazy<Thread> poller = Lazy.of(() -> start(() -> pollForGood(new LinkedBlockingQueue<>())));
    return n -> poller.get();
  }

  /** A worker that ends with each batch; the next batch has one of the same name. */
  private static Body restartedConsumer() {
    ConcurrentLinkedQueue<CountDownLatch> last = new ConcurrentLinkedQueue<>();
    return n -> {
      CountDownLatch previous = last.poll();
      if (previous != null) {
        previous.countDown();
      }
      CountDownLatch batch = new CountDownLatch(1);
      last.add(batch);
      start("batch-worker", batch::await);
    };
  }

  private static void drain(BlockingQueue<String> orders) throws InterruptedException {
    while (!orders.take().isEmpty()) {
      Thread.onSpinWait();
    }
  }

  private static void pollForGood(BlockingQueue<String> orders) throws InterruptedException {
    String order = "";
    while (order == null || order.isEmpty()) {
      order = orders.poll(50, TimeUnit.MILLISECONDS);
    }
  }
}
