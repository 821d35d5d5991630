package io.leakguard.gauntlet.cases;

import io.leakguard.gauntlet.fixture.Fixtures;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;

/** OkHttp. */
final class OkHttpCases {
  /** Holds what must not be collected. */
  private static final List<Object> KEPT = new ArrayList<>();

  private OkHttpCases() {}

  static void addTo(Cases cases) {
    okhttpLeaks(cases);
    okhttpRight(cases);
  }

  private static void okhttpLeaks(Cases cases) {
    cases.leak("async", n -> enqueue(kept(new OkHttpClient()), 1));
    cases
        .leak("sync", n -> get(kept(new OkHttpClient())))
        .undecidable(
            "a static connection pool that warms up leaves a socket per invocation as well",
            "growth past any bound of a pool");
    cases.leak("web-socket", OkHttpCases::webSockets);
    cases.leak("client-and-web-socket", n -> webSocket(kept(new OkHttpClient())));
  }

  private static void okhttpRight(Cases cases) {
    cases.right("static", OkHttpCases::staticOkHttp);
    cases.right("lazy", OkHttpCases::lazyOkHttp);
    cases.right("async-concurrent", OkHttpCases::concurrentOkHttp);
    cases.right("derived-per-invocation", OkHttpCases::derivedOkHttp);
    cases.right("closed", n -> getAndClose(new OkHttpClient()));
    cases.right("web-socket-static", OkHttpCases::oneWebSocket);
    cases.right("http2", OkHttpCases::http2);
    cases.right("time-out", OkHttpCases::timingOut);
  }

  private static <T> T kept(T client) {
    KEPT.add(client);
    return client;
  }

  private static Request request(String path) {
    return new Request.Builder().url(Fixtures.url(path)).build();
  }

  private static void get(OkHttpClient client) throws IOException {
    try (Response response = client.newCall(request("/price")).execute()) {
      response.body().string();
    }
  }

  private static void enqueue(OkHttpClient client, int calls) {
    List<CompletableFuture<String>> prices = new ArrayList<>();
    for (int i = 0; i < calls; i++) {
      prices.add(enqueue(client));
    }
    prices.forEach(CompletableFuture::join);
  }

  private static CompletableFuture<String> enqueue(OkHttpClient client) {
    CompletableFuture<String> price = new CompletableFuture<>();
    client
        .newCall(request("/price"))
        .enqueue(
            new Callback() {
              @Override
              public void onFailure(Call call, IOException failure) {
                price.completeExceptionally(failure);
              }

              @Override
              public void onResponse(Call call, Response response) throws IOException {
                try (response) {
                  price.complete(response.body().string());
                }
              }
            });
    return price;
  }

  private static void webSocket(OkHttpClient client) {
    CompletableFuture<Boolean> open = new CompletableFuture<>();
    client.newWebSocket(
        request("/ws"),
        new WebSocketListener() {
          @Override
          public void onOpen(WebSocket socket, Response response) {
            open.complete(true);
          }

          @Override
          public void onFailure(WebSocket socket, Throwable failure, Response response) {
            open.completeExceptionally(failure);
          }
        });
    open.join();
  }

  private static Body webSockets() {
    OkHttpClient client = new OkHttpClient();
    return n -> webSocket(client);
  }

  private static Body oneWebSocket() {
    OkHttpClient client = new OkHttpClient();
    return n -> {
      if (n == 1) {
        webSocket(client);
      }
      get(client);
    };
  }

  private static Body staticOkHttp() {
    OkHttpClient client = new OkHttpClient();
    return n -> get(client);
  }

  private static Body lazyOkHttp() {
    Lazy<OkHttpClient> client = Lazy.of(OkHttpClient::new);
    return n -> get(client.get());
  }

  private static Body concurrentOkHttp() {
    Lazy<OkHttpClient> client = Lazy.of(OkHttpClient::new);
    return n -> enqueue(client.get(), Math.min(n, 5));
  }

  /** A derived client shares pool and dispatcher with its origin. */
  private static Body derivedOkHttp() {
    OkHttpClient client = new OkHttpClient();
    return n -> enqueue(client.newBuilder().readTimeout(5, TimeUnit.SECONDS).build(), 1);
  }

  private static void getAndClose(OkHttpClient client) {
    enqueue(client, 2);
    client.dispatcher().executorService().shutdown();
    client.connectionPool().evictAll();
  }

  private static Body http2() {
    OkHttpClient client =
        new OkHttpClient.Builder().protocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE)).build();
    Request request = new Request.Builder().url("http://127.0.0.1:" + Fixtures.http2()).build();
    return n -> {
      try (Response response = client.newCall(request).execute()) {
        response.body().string();
      }
    };
  }

  private static Body timingOut() {
    OkHttpClient client = new OkHttpClient.Builder().callTimeout(10, TimeUnit.MILLISECONDS).build();
    return n -> {
      try {
        client.newCall(request("/slow")).execute().close();
      } catch (InterruptedIOException e) {
        System.out.println("no price in time");
      }
    };
  }
}
