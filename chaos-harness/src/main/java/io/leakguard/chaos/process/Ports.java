package io.leakguard.chaos.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Free loopback ports outside the range from which the kernel gives ports to outgoing connections.
 */
public final class Ports {
  /** Linux gives outgoing connections 32768 to 60999 unless configured otherwise. */
  private static final int FIRST = 20_000;

  private static final int COUNT = 12_768;

  private Ports() {}

  /**
   * A port that nothing listens on now. It can be lost to another process before it is used, so the
   * user of it must notice a failed bind.
   *
   * @throws IllegalStateException when none was found
   */
  public static int free() {
    for (int attempt = 0; attempt < 200; attempt++) {
      int port = FIRST + ThreadLocalRandom.current().nextInt(COUNT);
      if (isFree(port)) {
        return port;
      }
    }
    throw new IllegalStateException("no free port on 127.0.0.1 between 20000 and 32767");
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
