package io.leakguard.gauntlet.cases;

import com.amazonaws.client.builder.AwsClientBuilder.EndpointConfiguration;
import com.amazonaws.services.dynamodbv2.AmazonDynamoDB;
import com.amazonaws.services.dynamodbv2.AmazonDynamoDBAsync;
import com.amazonaws.services.dynamodbv2.AmazonDynamoDBAsyncClientBuilder;
import com.amazonaws.services.dynamodbv2.AmazonDynamoDBClientBuilder;
import io.leakguard.gauntlet.fixture.Fixtures;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.crt.AwsCrtAsyncHttpClient;
import software.amazon.awssdk.http.crt.AwsCrtHttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.SdkEventLoopGroup;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The AWS SDK for Java, both generations. */
final class AwsCases {
  private static final ClientOverrideConfiguration TIMED =
      ClientOverrideConfiguration.builder().apiCallTimeout(Duration.ofSeconds(5)).build();
  private static final ClientOverrideConfiguration PLAIN =
      ClientOverrideConfiguration.builder().build();

  private AwsCases() {}

  static void addTo(Cases cases) {
    leaks(cases);
    rightSync(cases);
    rightAsync(cases);
    firstGeneration(cases);
  }

  private static void leaks(Cases cases) {
    cases.leak("v2-apache-with-time-out", n -> list(sync(apache(), TIMED)));
    cases.leak("v2-url-connection-with-time-out", n -> list(sync(urlConnection(), TIMED)));
    cases.leak("v2-netty", n -> list(async(netty(), PLAIN)));
    cases.leak("v2-netty-with-time-out", n -> list(async(netty(), TIMED)));
    cases.leak("v2-netty-own-event-loops", n -> list(async(nettyWithLoops(), PLAIN)));
    cases.leak("v2-crt-async", n -> list(async(AwsCrtAsyncHttpClient.create(), PLAIN)));
    cases
        .leak("v2-apache-http-client-not-closed", n -> closeServiceOnly(sync(apache(), PLAIN)))
        .undecidable(
            "a static connection pool that warms up leaves a socket per invocation as well",
            "growth past any bound of a pool");
  }

  private static void rightSync(Cases cases) {
    rightSync(cases, "v2-apache-static", () -> sync(apache(), PLAIN));
    rightSync(cases, "v2-apache-static-with-time-out", () -> sync(apache(), TIMED));
    rightSync(cases, "v2-url-connection-static", () -> sync(urlConnection(), PLAIN));
    rightSync(cases, "v2-crt-static", () -> sync(AwsCrtHttpClient.create(), PLAIN));
    cases.right("v2-apache-lazy", AwsCases::lazyApache);
    cases.right("v2-apache-concurrent", AwsCases::concurrentApache);
    cases.right("v2-apache-closed", n -> listAndClose(apache(), PLAIN));
    cases.right("v2-apache-closed-with-time-out", n -> listAndClose(apache(), TIMED));
  }

  private static void rightAsync(Cases cases) {
    rightAsync(cases, "v2-netty-static", () -> async(netty(), PLAIN));
    rightAsync(cases, "v2-netty-static-with-time-out", () -> async(netty(), TIMED));
    rightAsync(cases, "v2-crt-async-static", () -> async(AwsCrtAsyncHttpClient.create(), PLAIN));
    cases.right("v2-netty-lazy", AwsCases::lazyNetty);
    cases.right("v2-netty-concurrent", AwsCases::concurrentNetty);
    cases.right("v2-netty-closed", AwsCases::closedNetty);
  }

  private static void firstGeneration(Cases cases) {
    cases.leak("v1-async", n -> listFirst(firstAsync()));
    cases.right("v1-static", AwsCases::staticFirst);
    cases.right("v1-async-static", AwsCases::staticFirstAsync);
    cases.right("v1-closed", n -> closeFirst(first()));
  }

  private static void rightSync(Cases cases, String name, Callable<DynamoDbClient> client) {
    cases.right(
        name,
        () -> {
          DynamoDbClient made = client.call();
          return n -> list(made);
        });
  }

  private static void rightAsync(Cases cases, String name, Callable<DynamoDbAsyncClient> client) {
    cases.right(
        name,
        () -> {
          DynamoDbAsyncClient made = client.call();
          return n -> list(made);
        });
  }

  private static URI endpoint() {
    return URI.create(Fixtures.url("/"));
  }

  @SuppressWarnings("deprecation") // It is what most functions have.
  private static SdkHttpClient apache() {
    return ApacheHttpClient.create();
  }

  private static SdkHttpClient urlConnection() {
    return UrlConnectionHttpClient.create();
  }

  private static SdkAsyncHttpClient netty() {
    return NettyNioAsyncHttpClient.create();
  }

  private static SdkAsyncHttpClient nettyWithLoops() {
    return NettyNioAsyncHttpClient.builder()
        .eventLoopGroupBuilder(SdkEventLoopGroup.builder().numberOfThreads(1))
        .build();
  }

  private static DynamoDbClient sync(SdkHttpClient http, ClientOverrideConfiguration options) {
    return DynamoDbClient.builder()
        .endpointOverride(endpoint())
        .region(Region.US_EAST_1)
        .httpClient(http)
        .overrideConfiguration(options)
        .build();
  }

  private static DynamoDbAsyncClient async(
      SdkAsyncHttpClient http, ClientOverrideConfiguration options) {
    return DynamoDbAsyncClient.builder()
        .endpointOverride(endpoint())
        .region(Region.US_EAST_1)
        .httpClient(http)
        .overrideConfiguration(options)
        .build();
  }

  private static void list(DynamoDbClient client) {
    client.listTables();
  }

  private static void list(DynamoDbAsyncClient client) {
    client.listTables().join();
  }

  /** A service client does not close the HTTP client that it was given. */
  private static void listAndClose(SdkHttpClient http, ClientOverrideConfiguration options) {
    try (http;
        DynamoDbClient client = sync(http, options)) {
      list(client);
    }
  }

  private static void listAndClose(SdkAsyncHttpClient http, ClientOverrideConfiguration options) {
    try (http;
        DynamoDbAsyncClient client = async(http, options)) {
      list(client);
    }
  }

  /** On shared event loops: closing those takes seconds each time. */
  private static Body closedNetty() {
    SdkEventLoopGroup loops = SdkEventLoopGroup.builder().numberOfThreads(2).build();
    return n ->
        listAndClose(NettyNioAsyncHttpClient.builder().eventLoopGroup(loops).build(), PLAIN);
  }

  private static void closeServiceOnly(DynamoDbClient client) {
    try (client) {
      list(client);
    }
  }

  private static Body lazyApache() {
    Lazy<DynamoDbClient> client = Lazy.of(() -> sync(apache(), PLAIN));
    return n -> list(client.get());
  }

  private static Body lazyNetty() {
    Lazy<DynamoDbAsyncClient> client = Lazy.of(() -> async(netty(), PLAIN));
    return n -> list(client.get());
  }

  private static Body concurrentApache() {
    DynamoDbClient client = sync(apache(), PLAIN);
    return n -> {
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < Math.min(n, 10); i++) {
        threads.add(Threads.start(() -> list(client)));
      }
      for (Thread thread : threads) {
        thread.join();
      }
    };
  }

  private static Body concurrentNetty() {
    DynamoDbAsyncClient client = async(netty(), PLAIN);
    return n -> {
      List<CompletableFuture<?>> tables = new ArrayList<>();
      for (int i = 0; i < Math.min(n, 20); i++) {
        tables.add(client.listTables());
      }
      tables.forEach(CompletableFuture::join);
    };
  }

  private static EndpointConfiguration firstEndpoint() {
    return new EndpointConfiguration(Fixtures.url("/"), "us-east-1");
  }

  private static AmazonDynamoDB first() {
    return AmazonDynamoDBClientBuilder.standard()
        .withEndpointConfiguration(firstEndpoint())
        .build();
  }

  private static AmazonDynamoDBAsync firstAsync() {
    return AmazonDynamoDBAsyncClientBuilder.standard()
        .withEndpointConfiguration(firstEndpoint())
        .build();
  }

  private static void listFirst(AmazonDynamoDBAsync client) throws Exception {
    client.listTablesAsync().get();
  }

  private static void closeFirst(AmazonDynamoDB client) {
    client.listTables();
    client.shutdown();
  }

  private static Body staticFirst() {
    AmazonDynamoDB client = first();
    return n -> client.listTables();
  }

  private static Body staticFirstAsync() {
    AmazonDynamoDBAsync client = firstAsync();
    return n -> listFirst(client);
  }
}
