package io.leakguard.chaos.upstream;

import java.io.Closeable;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A port at which connecting takes for ever: it listens, its queue is full, and nobody accepts, so
 * that the kernel drops every further SYN, as a wrong security group does. Linux only.
 */
final class BlackHole implements Closeable {
  /** The kernel takes one more than it is told. */
  private static final int BACKLOG = 1;

  private static final int MOST_FILLERS = 16;

  /** On loopback a connection that is taken is taken at once. */
  private static final int TAKEN_WITHIN_MILLIS = 100;

  private static final Duration FREE_WITHIN = Duration.ofSeconds(5);

  private final ServerSocket listener;
  private final List<Socket> fillers = new ArrayList<>();

  private BlackHole(ServerSocket listener) {
    this.listener = listener;
  }

  /**
   * Opens it at a port that is free or about to be.
   *
   * @throws IOException when the port stays taken, or its queue does not fill
   */
  static BlackHole at(InetSocketAddress address) throws IOException {
    BlackHole hole = new BlackHole(new ServerSocket());
    try {
      hole.listener.setReuseAddress(true);
      hole.bind(address);
      hole.fill(address);
      return hole;
    } catch (IOException e) {
      hole.close();
      throw e;
    }
  }

  /** A selector closes a listener only when it runs the next time. */
  private void bind(InetSocketAddress address) throws IOException {
    long end = System.nanoTime() + FREE_WITHIN.toNanos();
    while (!listener.isBound()) {
      try {
        listener.bind(address, BACKLOG);
      } catch (BindException e) {
        if (System.nanoTime() - end > 0) {
          throw e;
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
      }
    }
  }

  private void fill(InetSocketAddress address) throws IOException {
    for (int i = 0; i < MOST_FILLERS; i++) {
      Socket filler = new Socket();
      fillers.add(filler);
      try {
        filler.connect(address, TAKEN_WITHIN_MILLIS);
      } catch (SocketTimeoutException e) {
        return;
      }
    }
    throw new IOException("the queue of " + address + " does not fill: connections are taken");
  }

  @Override
  public void close() throws IOException {
    for (Socket filler : fillers) {
      filler.close();
    }
    listener.close();
  }
}
