package io.leakguard;

import java.io.Closeable;
import java.io.FileInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.Pipe;
import java.nio.channels.Selector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Opens descriptors as a leaking handler does, and closes them when the test is over. */
final class OpenThings implements AutoCloseable {
  private final List<Closeable> opened = new ArrayList<>();
  private final ServerSocket server;

  OpenThings() throws IOException {
    server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    opened.add(server);
  }

  /** Where the connections of {@link #connection()} lead. */
  int port() {
    return server.getLocalPort();
  }

  /** Opens a connection whose far end stays open; that one is a descriptor of this JVM too. */
  Socket connection() throws IOException {
    Socket socket = new Socket(server.getInetAddress(), port());
    opened.add(socket);
    opened.add(server.accept());
    return socket;
  }

  /** Opens a connection that its peer closes at once. */
  void closedByPeer() throws IOException {
    Socket socket = new Socket(server.getInetAddress(), port());
    opened.add(socket);
    server.accept().close();
    // Returns once the peer's end has arrived, which makes it CLOSE_WAIT.
    if (socket.getInputStream().read() >= 0) {
      throw new IllegalStateException("the peer has sent something");
    }
  }

  void listener() throws IOException {
    opened.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
  }

  void file(Path path) throws IOException {
    Files.writeString(path, "x");
    opened.add(new FileInputStream(path.toFile()));
  }

  void pipe() throws IOException {
    Pipe pipe = Pipe.open();
    opened.add(pipe.source());
    opened.add(pipe.sink());
  }

  void selector() throws IOException {
    opened.add(Selector.open());
  }

  @Override
  public void close() throws IOException {
    for (Closeable each : opened) {
      each.close();
    }
    opened.clear();
  }
}
