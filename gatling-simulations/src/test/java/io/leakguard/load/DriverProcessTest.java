package io.leakguard.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the driver does as a process: how it ends, and what it leaves alone. */
@Timeout(60)
final class DriverProcessTest {
  @TempDir Path folder;

  @Test
  void stdinCloses_idle_ends() throws Exception {
    try (DriverProcess driver = DriverProcess.start(folder)) {
      driver.closeInput();

      assertThat(driver.exitCode()).isZero();
      assertThat(driver.readAnswer()).isNull();
    }
  }

  @Test
  void stdinCloses_inTheMiddleOfARun_endsAtOnce() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    try (FunctionServer server =
            new FunctionServer(
                exchange -> {
                  running.countDown();
                  await(never);
                });
        DriverProcess driver = DriverProcess.start(folder)) {
      driver.send("simulation=steady&target=" + server.url("/a"));
      assertThat(running.await(30, TimeUnit.SECONDS)).isTrue();
      driver.closeInput();

      assertThat(driver.exitCode()).isZero();
      assertThat(driver.readAnswer()).isNull();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aRun_outsideTheTarget_callsNobodyAndWritesNothing(@TempDir Path home) throws Exception {
    try (CountingProxy proxy = new CountingProxy();
        FunctionServer server = new FunctionServer(FunctionServer.status(200));
        DriverProcess driver =
            DriverProcess.start(
                folder,
                "-Duser.home=" + home,
                "-Dhttp.proxyHost=127.0.0.1",
                "-Dhttp.proxyPort=" + proxy.port(),
                "-Dhttps.proxyHost=127.0.0.1",
                "-Dhttps.proxyPort=" + proxy.port())) {
      assertThat(driver.run("steady", "target", server.url("/a"), "invocations", "1"))
          .startsWith("done 0 ");
      assertThat(proxy.connections()).isZero();
      assertThat(home).isEmptyDirectory();
    }
  }

  @Test
  void classPath_ofTheSimulations_hasNoHighcharts() {
    assertThat(System.getProperty("java.class.path"))
        .contains("gatling-app")
        .doesNotContain("highcharts");
  }

  /** Takes the place of the internet: the JDK's clients send everything beyond loopback here. */
  private static final class CountingProxy implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final AtomicInteger connections = new AtomicInteger();

    CountingProxy() throws IOException {
      Thread acceptor = new Thread(this::accept, "counting-proxy");
      acceptor.setDaemon(true);
      acceptor.start();
    }

    private void accept() {
      try {
        while (true) {
          server.accept().close();
          connections.incrementAndGet();
        }
      } catch (IOException e) {
        // The proxy was closed.
      }
    }

    int port() {
      return server.getLocalPort();
    }

    int connections() {
      return connections.get();
    }

    @Override
    public void close() throws IOException {
      server.close();
    }
  }
}
