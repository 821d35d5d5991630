package io.leakguard.gauntlet.cases;

import io.leakguard.gauntlet.fixture.Fixtures;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpGet;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClients;
import org.apache.http.impl.nio.client.CloseableHttpAsyncClient;
import org.apache.http.impl.nio.client.HttpAsyncClients;
import org.apache.http.util.EntityUtils;

/** Apache HttpClient 4, blocking and asynchronous. */
final class Apache4Cases {
  /** Holds what must not be collected. */
  private static final List<Object> KEPT = new ArrayList<>();

  private Apache4Cases() {}

  static void addTo(Cases cases) {
    cases.leak("evictor", n -> get(kept(evicting())));
    cases.leak("async", n -> kept(async()));
    cases.right("evictor-static", Apache4Cases::staticEvicting);
    cases.right("async-static", Apache4Cases::staticAsync);
    cases.right("closed", n -> getAndClose(evicting()));
    cases.right("concurrent", Apache4Cases::concurrent);
  }

  private static <T> T kept(T client) {
    KEPT.add(client);
    return client;
  }

  private static CloseableHttpClient evicting() {
    return HttpClients.custom().evictIdleConnections(30, TimeUnit.SECONDS).build();
  }

  private static void get(CloseableHttpClient client) throws IOException {
    try (CloseableHttpResponse response = client.execute(new HttpGet(Fixtures.url("/price")))) {
      EntityUtils.consume(response.getEntity());
    }
  }

  private static void getAndClose(CloseableHttpClient client) throws IOException {
    try (client) {
      get(client);
    }
  }

  private static CloseableHttpAsyncClient async() throws Exception {
    CloseableHttpAsyncClient client = HttpAsyncClients.createDefault();
    client.start();
    client.execute(new HttpGet(Fixtures.url("/price")), null).get();
    return client;
  }

  private static Body staticEvicting() {
    CloseableHttpClient client = evicting();
    return n -> get(client);
  }

  private static Body staticAsync() {
    Lazy<CloseableHttpAsyncClient> client = Lazy.of(Apache4Cases::async);
    return n -> client.get().execute(new HttpGet(Fixtures.url("/price")), null).get();
  }

  private static Body concurrent() {
    CloseableHttpClient client = HttpClients.custom().setMaxConnPerRoute(10).build();
    ExecutorService pool = Executors.newFixedThreadPool(10);
    return n -> {
      List<Future<?>> prices = new ArrayList<>();
      for (int i = 0; i < Math.min(n, 10); i++) {
        prices.add(pool.submit(Threads.unchecked(() -> get(client))));
      }
      for (Future<?> price : prices) {
        price.get();
      }
    };
  }
}
