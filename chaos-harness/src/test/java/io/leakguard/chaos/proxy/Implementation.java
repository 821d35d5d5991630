package io.leakguard.chaos.proxy;

import io.leakguard.chaos.fault.FaultException;
import io.leakguard.chaos.fault.ToxiproxyBinary;
import io.leakguard.chaos.process.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;

/** The two servers that keep one contract. */
enum Implementation {
  EMBEDDED {
    @Override
    Server start() {
      EmbeddedProxy proxy = EmbeddedProxy.start(1);
      return new Server(URI.create("http://127.0.0.1:" + proxy.address().getPort()), proxy::close);
    }
  },
  /** The real one; where it cannot be had, its tests count as skipped. */
  TOXIPROXY {
    @Override
    Server start() throws IOException {
      int port = Ports.free();
      ProcessBuilder builder =
          new ProcessBuilder(binary(), "-host", "127.0.0.1", "-port", Integer.toString(port))
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD);
      builder.environment().put("LOG_LEVEL", "error");
      Process process = builder.start();
      Awaitility.await().ignoreExceptions().until(() -> accepts(port));
      return new Server(URI.create("http://127.0.0.1:" + port), process::destroyForcibly);
    }
  };

  private static String unavailable;
  private static ToxiproxyBinary acquired;

  record Server(URI api, Runnable end) {}

  abstract Server start() throws IOException;

  private static boolean accepts(int port) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    }
  }

  private static synchronized String binary() {
    if (acquired == null && unavailable == null) {
      Map<String, String> environment = System.getenv();
      String cache =
          environment.getOrDefault("XDG_CACHE_HOME", environment.get("HOME") + "/.cache");
      try {
        acquired = ToxiproxyBinary.acquire(Path.of(cache, "leakguard"), System.err::println);
      } catch (FaultException e) {
        unavailable = e.getMessage();
      }
    }
    Assumptions.assumeTrue(unavailable == null, () -> "not run on the real server: " + unavailable);
    return acquired.program().toString();
  }
}
