package com.example.shop;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** What all the functions do. The bug: a pool for each order, which nobody shuts down. */
final class Shop {
  private Shop() {}

  static Map<String, String> price(Map<String, String> order) {
    ExecutorService pool = Executors.newSingleThreadExecutor();
    Map<String, String> answer = new TreeMap<>();
    answer.put("order", order.get("order"));
    answer.put("jackson", OwnJackson.used());
    try {
      answer.put("price", pool.submit(() -> "17").get());
      return answer;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
