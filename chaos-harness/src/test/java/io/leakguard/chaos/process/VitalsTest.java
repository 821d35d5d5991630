package io.leakguard.chaos.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VitalsTest {
  private static final long SELF = ProcessHandle.current().pid();

  private static Vitals look(int port) {
    return Vitals.of(SELF, remote -> remote == port).orElseThrow();
  }

  @Test
  void of_tellsEstablishedFromCloseWait() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Socket client = new Socket(server.getInetAddress(), server.getLocalPort())) {
      Socket accepted = server.accept();
      assertThat(look(server.getLocalPort()).established()).isEqualTo(1);
      accepted.close();
      Awaitility.await().until(() -> look(server.getLocalPort()).closeWait() == 1);
      assertThat(look(server.getLocalPort()).established()).isZero();
      assertThat(client.isConnected()).isTrue();
    }
  }

  @Test
  void of_countsThreads() throws InterruptedException {
    int before = look(0).threads();
    CountDownLatch release = new CountDownLatch(1);
    for (int i = 0; i < 20; i++) {
      Thread thread = new Thread(() -> awaitQuietly(release), "vitals-" + i);
      thread.setDaemon(true);
      thread.start();
    }
    // The pool threads of the JDK and of the tests may come and go by one or two meanwhile.
    assertThat(look(0).threads() - before).isBetween(17, 23);
    release.countDown();
  }

  @Test
  void of_thisProcess_hasMemoryAndFamiliesThatAddUp() {
    Vitals vitals = look(0);
    assertThat(vitals.rssMegabytes()).isGreaterThan(20);
    assertThat(vitals.families().values().stream().mapToInt(Integer::intValue).sum())
        .isEqualTo(vitals.threads());
  }

  @ParameterizedTest
  @CsvSource({
    "pool-1-thread-1, pool-N-thread",
    "pool-12-thread-, pool-N-thread",
    "HttpClient-3-Se, HttpClient-N-Se",
    "MAIN, MAIN",
    "7, N"
  })
  void family_numbersAreTakenOut(String name, String family) {
    assertThat(Vitals.family(name)).isEqualTo(family);
  }

  @Test
  void of_processThatIsGone_isEmpty() {
    assertThat(Vitals.of(Integer.MAX_VALUE, port -> true)).isEmpty();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
