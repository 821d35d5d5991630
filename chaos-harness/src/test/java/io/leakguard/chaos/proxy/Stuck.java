package io.leakguard.chaos.proxy;

import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;

/** A sender whose receiver does not read. */
final class Stuck {
  private Stuck() {}

  /** Sends until nothing more is taken. */
  static void fill(Socket sender) {
    AtomicLong sent = new AtomicLong();
    Thread thread = new Thread(() -> send(sender, sent), "sender");
    thread.setDaemon(true);
    thread.start();
    Awaitility.await()
        .pollInterval(200, TimeUnit.MILLISECONDS)
        .until(
            new Callable<Boolean>() {
              private long before = -1;

              @Override
              public Boolean call() {
                long now = sent.get();
                boolean still = now > 0 && now == before;
                before = now;
                return still;
              }
            });
  }

  private static void send(Socket sender, AtomicLong sent) {
    byte[] block = new byte[64 * 1024];
    try {
      while (true) {
        sender.getOutputStream().write(block);
        sent.addAndGet(block.length);
      }
    } catch (IOException e) {
      // The end of the test.
    }
  }
}
