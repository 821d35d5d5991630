package io.leakguard.diagnosis;

import static io.leakguard.diagnosis.DiagnosisOf.expect;
import static io.leakguard.diagnosis.DiagnosisOf.expectOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The rows of threads that a peer, a process or a pipe keeps. */
class DiagnosisOfIoTest {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  @Test
  void of_httpClient() throws Exception {
    HttpClient client = HttpClient.newHttpClient();
    Thread selector =
        Thread.getAllStackTraces().keySet().stream()
            .filter(t -> t.getName().matches("HttpClient-\\d+-SelectorManager"))
            .findAny()
            .orElseThrow();
    expectOf("http-client", selector);
    assertThat(client.version()).isNotNull();
  }

  @Test
  void of_httpResponse() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 5, LOOPBACK)) {
      HttpClient client = HttpClient.newHttpClient();
      URI uri = URI.create("http://" + LOOPBACK.getHostAddress() + ":" + silent.getLocalPort());
      HttpRequest request = HttpRequest.newBuilder(uri).build();
      expect("http-response", () -> client.send(request, HttpResponse.BodyHandlers.discarding()));
    }
  }

  @Test
  void of_selector() throws Exception {
    try (Selector selector = Selector.open()) {
      expect("selector", selector::select);
    }
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void of_socketConnect() throws Exception {
    try (ServerSocket full = new ServerSocket(0, 1, LOOPBACK);
        SocketChannel first = SocketChannel.open();
        SocketChannel second = SocketChannel.open();
        Socket third = new Socket()) {
      // A backlog of one holds two: from the third on, nobody answers.
      for (SocketChannel channel : List.of(first, second)) {
        channel.configureBlocking(false);
        channel.connect(full.getLocalSocketAddress());
      }
      expect("socket-connect", () -> third.connect(full.getLocalSocketAddress()), third::close);
    }
  }

  @Test
  void of_socketAccept() throws Exception {
    ServerSocket server = new ServerSocket(0, 5, LOOPBACK);
    expect("socket-accept", server::accept, server::close);
  }

  @Test
  void of_channelAccept() throws Exception {
    try (ServerSocketChannel server = ServerSocketChannel.open().bind(null)) {
      expect("socket-accept", server::accept);
    }
  }

  @Test
  void of_datagramReceive() throws Exception {
    DatagramSocket socket = new DatagramSocket(0, LOOPBACK);
    expect(
        "datagram-receive",
        () -> socket.receive(new DatagramPacket(new byte[1], 1)),
        socket::close);
  }

  @Test
  void of_socketRead() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 5, LOOPBACK)) {
      Socket socket = new Socket(LOOPBACK, silent.getLocalPort());
      expect("socket-read", () -> socket.getInputStream().read(), socket::close);
    }
  }

  @Test
  void of_socketReadWithTimeout() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 5, LOOPBACK)) {
      Socket socket = new Socket(LOOPBACK, silent.getLocalPort());
      socket.setSoTimeout(3_600_000);
      expect("socket-read", () -> socket.getInputStream().read(), socket::close);
    }
  }

  @Test
  void of_channelRead() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 5, LOOPBACK);
        SocketChannel channel = SocketChannel.open(silent.getLocalSocketAddress())) {
      expect("socket-read", () -> channel.read(ByteBuffer.allocate(1)));
    }
  }

  @Test
  void of_socketWrite() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 5, LOOPBACK)) {
      Socket socket = new Socket(LOOPBACK, silent.getLocalPort());
      expect(
          "socket-write", () -> socket.getOutputStream().write(new byte[64 << 20]), socket::close);
    }
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void of_processWait() throws Exception {
    Process process = new ProcessBuilder("sleep", "3600").start();
    expect("process-wait", process::waitFor, process::destroyForcibly);
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void of_processOutput() throws Exception {
    Process process = new ProcessBuilder("sleep", "3600").start();
    expect("pipe-read", () -> process.getInputStream().read(), process::destroyForcibly);
  }

  @Test
  void of_pipe() throws Exception {
    try (PipedOutputStream out = new PipedOutputStream();
        PipedInputStream in = new PipedInputStream(out)) {
      expect("pipe-read", in::read);
    }
  }
}
