package io.leakguard.gauntlet.cases;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.leakguard.gauntlet.fixture.Fixtures;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import javax.sql.DataSource;
import org.apache.commons.dbcp2.BasicDataSource;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Clients of databases, caches and brokers. */
final class StoreCases {
  /** Holds what must not be collected. */
  private static final List<Object> KEPT = new ArrayList<>();

  private StoreCases() {}

  static void addTo(Cases cases) {
    lettuce(cases);
    jdbc(cases);
    kafka(cases);
    mongo(cases);
  }

  private static void lettuce(Cases cases) {
    cases.leak("lettuce-client", n -> ping(kept(redis())));
    cases
        .leak("lettuce-connection-of-a-static-client", StoreCases::connections)
        .undecidable(
            "a static connection pool that warms up leaves a socket per invocation as well",
            "growth past any bound of a pool");
    cases.right("lettuce-static", StoreCases::staticLettuce);
    cases.right("lettuce-lazy", StoreCases::lazyLettuce);
    cases.right("lettuce-closed", n -> pingAndClose());
  }

  private static void jdbc(Cases cases) {
    cases.leak("hikari", n -> query(kept(hikari(2))));
    cases.right("hikari-static", StoreCases::staticHikari);
    cases.right("hikari-lazy", StoreCases::lazyHikari);
    cases.right("hikari-concurrent", StoreCases::concurrentHikari);
    cases.right("hikari-closed", n -> queryAndClose(hikari(2)));
    cases.right("dbcp-static", StoreCases::staticDbcp);
    cases.right("mysql-driver", n -> Class.forName("com.mysql.cj.jdbc.Driver"));
  }

  private static void kafka(Cases cases) {
    cases.leak("kafka-producer", n -> kept(producer()));
    cases.leak("kafka-admin", n -> kept(admin()));
    cases.right("kafka-producer-static", StoreCases::staticProducer);
    cases.right("kafka-producer-closed", n -> producer().close(Duration.ZERO));
    cases.right("kafka-admin-closed", n -> admin().close(Duration.ZERO));
    cases.right("kafka-consumer-closed", n -> poll());
  }

  private static void mongo(Cases cases) {
    cases.leak("mongo", n -> kept(mongoClient()));
    cases.right("mongo-static", StoreCases::staticMongo);
    cases.right("mongo-lazy", StoreCases::lazyMongo);
    cases.right("mongo-closed", n -> mongoClient().close());
  }

  private static <T> T kept(T client) {
    KEPT.add(client);
    return client;
  }

  private static RedisClient redis() {
    return RedisClient.create(RedisURI.create("127.0.0.1", Fixtures.redis()));
  }

  private static void ping(RedisClient client) {
    kept(client.connect()).sync().ping();
  }

  private static Body connections() {
    RedisClient client = redis();
    return n -> ping(client);
  }

  private static Body staticLettuce() {
    StatefulRedisConnection<String, String> connection = kept(redis()).connect();
    return n -> connection.sync().get("price");
  }

  private static Body lazyLettuce() {
    Lazy<StatefulRedisConnection<String, String>> connection =
        Lazy.of(() -> kept(redis()).connect());
    return n -> connection.get().sync().get("price");
  }

  private static void pingAndClose() {
    RedisClient client = redis();
    try (StatefulRedisConnection<String, String> connection = client.connect()) {
      connection.sync().ping();
    } finally {
      // Without a quiet period the resolver's socket may be opened after its loop has ended.
      client.shutdown(Duration.ofMillis(50), Duration.ofSeconds(2));
    }
  }

  private static HikariDataSource hikari(int connections) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl("jdbc:h2:mem:orders;DB_CLOSE_DELAY=-1");
    config.setMaximumPoolSize(connections);
    return new HikariDataSource(config);
  }

  private static void query(DataSource source) throws SQLException {
    try (Connection connection = source.getConnection()) {
      connection.createStatement().executeQuery("select 1").close();
    }
  }

  private static void queryAndClose(HikariDataSource source) throws SQLException {
    try (source) {
      query(source);
    }
  }

  private static Body staticHikari() {
    HikariDataSource source = hikari(10);
    return n -> query(source);
  }

  private static Body lazyHikari() {
    Lazy<HikariDataSource> source = Lazy.of(() -> hikari(10));
    return n -> query(source.get());
  }

  private static Body concurrentHikari() {
    Lazy<HikariDataSource> source = Lazy.of(() -> hikari(10));
    return n -> {
      List<Connection> connections = new ArrayList<>();
      for (int i = 0; i < Math.min(n, 8); i++) {
        connections.add(source.get().getConnection());
      }
      for (Connection connection : connections) {
        connection.close();
      }
    };
  }

  private static Body staticDbcp() {
    BasicDataSource source = new BasicDataSource();
    source.setUrl("jdbc:h2:mem:orders;DB_CLOSE_DELAY=-1");
    source.setDurationBetweenEvictionRuns(Duration.ofMillis(50));
    return n -> query(source);
  }

  /** Nobody listens there: the client's thread tries again and again, as in an outage. */
  private static Properties noBroker() {
    Properties properties = new Properties();
    properties.put("bootstrap.servers", "127.0.0.1:9");
    properties.put("max.block.ms", "5");
    return properties;
  }

  private static KafkaProducer<String, String> producer() {
    return new KafkaProducer<>(noBroker(), new StringSerializer(), new StringSerializer());
  }

  private static Admin admin() {
    return Admin.create(noBroker());
  }

  private static Body staticProducer() {
    Lazy<KafkaProducer<String, String>> producer = Lazy.of(StoreCases::producer);
    return n -> producer.get().metrics();
  }

  private static void poll() {
    Map<String, Object> properties =
        Map.of("bootstrap.servers", "127.0.0.1:9", "group.id", "orders");
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer())) {
      consumer.subscribe(List.of("orders"));
      consumer.poll(Duration.ofMillis(2));
    }
  }

  private static MongoClient mongoClient() {
    return MongoClients.create("mongodb://127.0.0.1:9/");
  }

  private static Body staticMongo() {
    MongoClient client = mongoClient();
    return n -> client.getDatabase("orders");
  }

  private static Body lazyMongo() {
    Lazy<MongoClient> client = Lazy.of(StoreCases::mongoClient);
    return n -> client.get().getDatabase("orders");
  }
}
