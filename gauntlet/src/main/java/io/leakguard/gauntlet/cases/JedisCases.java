package io.leakguard.gauntlet.cases;

import io.leakguard.gauntlet.fixture.Fixtures;
import java.util.ArrayList;
import java.util.List;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.RedisClient;

/** Jedis. */
final class JedisCases {
  /** Holds what must not be collected. */
  private static final List<Object> KEPT = new ArrayList<>();

  private JedisCases() {}

  static void addTo(Cases cases) {
    cases
        .leak("pool", n -> ping(kept(jedisPool())))
        .undecidable(
            "a static connection pool that warms up leaves a socket per invocation as well",
            "growth past any bound of a pool");
    cases.right("static", JedisCases::staticJedis);
    cases.right("closed", n -> pingAndCloseJedis());
  }

  private static <T> T kept(T client) {
    KEPT.add(client);
    return client;
  }

  private static RedisClient jedisPool() {
    ConnectionPoolConfig config = new ConnectionPoolConfig();
    config.setMaxTotal(4);
    return RedisClient.builder()
        .hostAndPort("127.0.0.1", Fixtures.redis())
        .poolConfig(config)
        .build();
  }

  private static void ping(RedisClient pool) {
    pool.ping();
  }

  private static Body staticJedis() {
    Lazy<RedisClient> pool = Lazy.of(JedisCases::jedisPool);
    return n -> pool.get().get("price");
  }

  private static void pingAndCloseJedis() {
    try (RedisClient pool = jedisPool()) {
      pool.ping();
    }
  }
}
