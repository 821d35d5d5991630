package io.leakguard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who started a thread, as the reports tell it. */
class CreationSiteTest {
  private final Invoker environment = new Invoker();
  private final BlockedThreads leaked = new BlockedThreads();
  private final List<ExecutorService> pools = new ArrayList<>();

  @AfterEach
  void end() {
    leaked.close();
    pools.forEach(ExecutorService::shutdownNow);
  }

  private BlockedThread leakHere() {
    return leaked.start("order-writer");
  }

  @Test
  void createdBy_secondThreadOfALeak_isTheCodeThatStartedIt() {
    for (int i = 0; i < 3; i++) {
      environment.invoke(this::leakHere);
    }

    List<JsonNode> documents = environment.documents();
    JsonNode confirmed = documents.get(documents.size() - 1);
    assertThat(confirmed.get("verdict").asText()).isEqualTo("GROWING");
    assertThat(confirmed.get("createdBy").asText()).contains("CreationSiteTest.leakHere");
    assertThat(confirmed.get("requestId").asText()).isEqualTo("request-3");
  }

  @Test
  void createdBy_inTheLogBlock_standsBelowTheStack() {
    FakeContext last = null;
    for (int i = 0; i < 4; i++) {
      last = environment.invoke(this::leakPool);
    }

    assertThat(last.logged.get(0))
        .containsPattern("\n    started by io\\.leakguard\\.CreationSiteTest\\.leakPool\\(")
        .contains("\n    left by request request-4\n");
  }

  private void leakPool() {
    ExecutorService pool = Executors.newFixedThreadPool(1);
    pools.add(pool);
    Thread[] worker = new Thread[1];
    try {
      pool.submit(() -> worker[0] = Thread.currentThread()).get();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
    BlockedThread.awaitWaiting(worker[0]);
  }

  @Test
  void label_inTheFirstInvocation_isInItsReport() {
    environment.invoke(
        () -> {
          LeakGuard.label("tenant", "acme");
          leakHere();
        });

    assertThat(environment.documents().get(0).at("/labels/tenant").asText()).isEqualTo("acme");
  }

  @Test
  void label_outsideAnInvocation_isIgnored() {
    LeakGuard.label("tenant", "nobody");
    environment.invoke(this::leakHere);

    assertThat(environment.documents().get(0).has("labels")).isFalse();
  }
}
