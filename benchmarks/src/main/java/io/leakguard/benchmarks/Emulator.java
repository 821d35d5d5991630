package io.leakguard.benchmarks;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** AWS's Runtime Interface Emulator with one function, as {@code sam local} runs it. */
final class Emulator implements AutoCloseable {
  private final Process process;
  private final InetSocketAddress address;

  private Emulator(Process process, InetSocketAddress address) {
    this.process = process;
    this.address = address;
  }

  static Emulator start(Path binary, TaskRoot root, Class<?> handler)
      throws IOException, InterruptedException {
    int port = freePort();
    List<String> command = new ArrayList<>();
    command.add(binary.toString());
    command.add("--log-level=error");
    command.add("--runtime-interface-emulator-address=127.0.0.1:" + port);
    command.add("--runtime-api-address=127.0.0.1:" + freePort());
    command.addAll(root.command(handler));
    Process process =
        new ProcessBuilder(command)
            .directory(root.code().toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    Emulator emulator = new Emulator(process, address);
    try {
      emulator.awaitListening();
      return emulator;
    } catch (IOException | InterruptedException e) {
      emulator.close();
      throw e;
    }
  }

  private void awaitListening() throws IOException, InterruptedException {
    while (true) {
      try (Socket socket = new Socket()) {
        socket.connect(address);
        return;
      } catch (ConnectException e) {
        if (process.waitFor(20, TimeUnit.MILLISECONDS)) {
          throw new IOException("the emulator ended with code " + process.exitValue(), e);
        }
      }
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  InetSocketAddress address() {
    return address;
  }

  /** Ends the emulator and the JVM under it, which would outlive it. */
  @Override
  public void close() {
    List<ProcessHandle> below = process.descendants().toList();
    process.destroyForcibly().onExit().join();
    below.forEach(ProcessHandle::destroyForcibly);
  }
}
