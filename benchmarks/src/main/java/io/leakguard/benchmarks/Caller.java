package io.leakguard.benchmarks;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;

/**
 * Invokes one function over one connection that is kept, as fast as it answers. Plain sockets: what
 * the caller costs dilutes the difference between two servers.
 */
final class Caller implements AutoCloseable {
  private static final byte[] EVENT = "\"event\"".getBytes(StandardCharsets.UTF_8);
  private static final String LENGTH = "content-length:";

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private final byte[] request;

  Caller(InetSocketAddress server, String function) throws IOException {
    socket = new Socket(server.getAddress(), server.getPort());
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(30_000);
    in = new BufferedInputStream(socket.getInputStream());
    out = socket.getOutputStream();
    String head =
        "POST /2015-03-31/functions/%s/invocations HTTP/1.1\r\nHost: local\r\nContent-Length: %d\r\n\r\n"
            .formatted(function, EVENT.length);
    request = (head + new String(EVENT, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
  }

  /** Returns how many answers came in this time; each must be the handler's. */
  int callFor(Duration time) throws IOException {
    long end = System.nanoTime() + time.toNanos();
    int answers = 0;
    while (System.nanoTime() < end) {
      out.write(request);
      String answer = answer();
      if (!answer.equals("\"done event\"")) {
        throw new IOException("the answer must be the handler's: " + answer);
      }
      answers++;
    }
    return answers;
  }

  private String answer() throws IOException {
    int length = -1;
    for (String line = line(); !line.isEmpty(); line = line()) {
      String lower = line.toLowerCase(Locale.ROOT);
      if (lower.startsWith(LENGTH)) {
        length = Integer.parseInt(lower.substring(LENGTH.length()).strip());
      }
    }
    if (length < 0) {
      throw new IOException("the answer must have a Content-Length");
    }
    return new String(in.readNBytes(length), StandardCharsets.UTF_8);
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("the server closed the connection");
      }
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
