package io.leakguard.example;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * An inventory client that asks once per article and minute, as client libraries do: a thread of
 * its own empties the cache. Thread-safe; to be closed.
 */
final class CachingInventoryClient implements AutoCloseable {

  private static final Duration MAX_AGE = Duration.ofMinutes(1);

  private final Map<String, Stock> stocks = new ConcurrentHashMap<>();
  private final ScheduledThreadPoolExecutor sweeper =
      new ScheduledThreadPoolExecutor(1, task -> new Thread(task, "inventory-cache-sweeper"));
  private final Future<?> sweep;
  private final InventoryClient inventory;

  CachingInventoryClient(URI base) {
    this.inventory = new InventoryClient(base);
    this.sweep =
        sweeper.scheduleWithFixedDelay(
            stocks::clear, MAX_AGE.toMillis(), MAX_AGE.toMillis(), TimeUnit.MILLISECONDS);
  }

  boolean covers(Order order, Deadline deadline) throws IOException {
    for (Order.Line line : order.lines()) {
      if (!line.isCoveredBy(stock(line.sku(), deadline))) {
        return false;
      }
    }
    return true;
  }

  private Stock stock(String sku, Deadline deadline) throws IOException {
    Stock known = stocks.get(sku);
    if (known != null) {
      return known;
    }
    Stock stock = inventory.stock(sku, deadline);
    stocks.put(sku, stock);
    return stock;
  }

  @Override
  public void close() {
    sweep.cancel(true);
    sweeper.shutdown();
  }
}
