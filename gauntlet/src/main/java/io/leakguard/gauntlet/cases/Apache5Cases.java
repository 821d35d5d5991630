package io.leakguard.gauntlet.cases;

import io.leakguard.gauntlet.fixture.Fixtures;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.support.ClassicRequestBuilder;
import org.apache.hc.core5.util.TimeValue;

/** Apache HttpClient 5, blocking and asynchronous. */
final class Apache5Cases {
  /** Holds what must not be collected. */
  private static final List<Object> KEPT = new ArrayList<>();

  private Apache5Cases() {}

  static void addTo(Cases cases) {
    cases.leak("evictor", n -> get(kept(evicting())));
    cases.leak("async", n -> get(kept(async())));
    cases.right("evictor-static", Apache5Cases::staticEvicting);
    cases.right("async-static", Apache5Cases::staticAsync);
    cases
        .right("async-concurrent", Apache5Cases::concurrentAsync)
        .undecidable(
            "each invocation needs one connection more than the one before, and keeps it",
            "the plateau");
    cases.right("closed", n -> getAndClose(evicting()));
    cases.right("async-closed", n -> getAndClose(async()));
  }

  private static <T> T kept(T client) {
    KEPT.add(client);
    return client;
  }

  private static CloseableHttpClient evicting() {
    return HttpClients.custom().evictIdleConnections(TimeValue.ofSeconds(30)).build();
  }

  private static void get(CloseableHttpClient client) throws IOException {
    client.execute(
        ClassicRequestBuilder.get(Fixtures.url("/price")).build(),
        response -> EntityUtils.toString(response.getEntity()));
  }

  private static void getAndClose(CloseableHttpClient client) throws IOException {
    try (client) {
      get(client);
    }
  }

  private static CloseableHttpAsyncClient async() {
    CloseableHttpAsyncClient client = HttpAsyncClients.createDefault();
    client.start();
    return client;
  }

  private static void get(CloseableHttpAsyncClient client) throws Exception {
    client.execute(request(), null).get();
  }

  private static SimpleHttpRequest request() {
    return SimpleRequestBuilder.get(Fixtures.url("/price")).build();
  }

  private static void getAndClose(CloseableHttpAsyncClient client) throws Exception {
    try (client) {
      get(client);
    }
  }

  private static Body staticEvicting() {
    CloseableHttpClient client = evicting();
    return n -> get(client);
  }

  private static Body staticAsync() {
    Lazy<CloseableHttpAsyncClient> client = Lazy.of(Apache5Cases::async);
    return n -> get(client.get());
  }

  private static Body concurrentAsync() {
    CloseableHttpAsyncClient client = async();
    return n -> {
      List<Future<?>> prices = new ArrayList<>();
      for (int i = 0; i < Math.min(n, 5); i++) {
        prices.add(client.execute(request(), null));
      }
      for (Future<?> price : prices) {
        price.get();
      }
    };
  }
}
