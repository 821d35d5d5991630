package io.leakguard.diagnosis;

import static io.leakguard.diagnosis.DiagnosisTable.row;
import static io.leakguard.diagnosis.Frames.has;
import static io.leakguard.diagnosis.Frames.hasPart;

import io.leakguard.diagnosis.Diagnosis.Role;
import io.leakguard.diagnosis.DiagnosisTable.Row;
import java.util.List;

/** Threads that wait for a peer, a process or a pipe; the more special row first. */
final class IoRows {
  private static final String NIO = "sun.nio.ch.";

  static final List<Row> ALL =
      List.of(
          row(
              "http-client",
              Role.SERVICE,
              "selector of a java.net.http.HttpClient",
              "a client is created per invocation: it ends only when it is collected",
              "keep one client in a static field (JDK 21 or newer can also close it)",
              (state, head) -> has(head, "jdk.internal.net.http.HttpClientImpl$SelectorManager")),
          row(
              "http-response",
              Role.WORK,
              "waiting for an HTTP response",
              "the upstream does not answer and the request has no time limit",
              "set HttpRequest.Builder.timeout below the function's timeout",
              (state, head) -> has(head, "jdk.internal.net.http.HttpClientImpl", "send")),
          row(
              "async-channels",
              Role.SERVICE,
              "worker of an asynchronous channel group",
              "a channel group is created per invocation and never shut down",
              "keep one group in a static field, or shut it down in finally",
              (state, head) -> hasPart(head, NIO, "Port$") || hasPart(head, NIO, "Iocp")),
          row(
              "watch-service",
              Role.SERVICE,
              "waiting for files to change",
              "a watch service is opened per invocation and never closed",
              "keep one in a static field, or close it in finally",
              (state, head) -> hasPart(head, "sun.nio.fs.", "WatchService")),
          row(
              "selector",
              Role.SERVICE,
              "event loop waiting for its channels",
              "a client or event loop group is created per invocation and never closed",
              "keep one in a static field, or close it in finally",
              (state, head) -> has(head, NIO + "SelectorImpl")),
          row(
              "socket-connect",
              Role.WORK,
              "connecting to a peer that does not answer",
              "the connection attempt has no time limit, or a longer one than the invocation",
              "set a connect timeout below the function's timeout",
              (state, head) ->
                  has(head, NIO + "Net", "connect", "connect0", "pollConnect", "pollConnectNow")
                      || has(head, NIO + "NioSocketImpl", "connect")
                      || has(head, NIO + "SocketChannelImpl", "connect", "blockingConnect")),
          row(
              "socket-accept",
              Role.SERVICE,
              "waiting for somebody to connect",
              "a server socket was opened and never closed",
              "close it in finally",
              (state, head) ->
                  has(head, NIO + "Net", "accept")
                      || has(head, NIO + "ServerSocketChannelImpl")
                      || has(head, NIO + "NioSocketImpl", "accept", "timedAccept")),
          row(
              "datagram-receive",
              Role.SERVICE,
              "waiting for a datagram",
              "a datagram socket is read without a time limit and never closed",
              "set a receive timeout, and close the socket in finally",
              (state, head) -> has(head, NIO + "DatagramChannelImpl")),
          row(
              "socket-write",
              Role.WORK,
              "writing to a peer that does not read",
              "the peer has stopped reading, and writes have no time limit",
              "give the client a call timeout below the function's, and close it on timeout",
              (state, head) ->
                  has(head, NIO + "NioSocketImpl", "write", "implWrite", "tryWrite")
                      || has(
                          head, NIO + "SocketChannelImpl", "write", "implWrite", "blockingWrite")),
          row(
              "pipe-read",
              Role.WORK,
              "reading from a pipe",
              "the writing end is neither written to nor closed",
              "close the writing end in finally; for a child process, destroy it",
              (state, head) ->
                  has(head, "java.io.PipedInputStream", "read")
                      || has(head, "java.io.FileInputStream")
                      || has(head, NIO + "SourceChannelImpl")),
          row(
              "pipe-write",
              Role.WORK,
              "waiting for room in a pipe",
              "the reading end is neither read from nor closed",
              "read it until its end in a thread, or close it in finally; destroy a child process",
              (state, head) ->
                  has(head, "java.io.PipedOutputStream")
                      || has(head, "java.io.FileOutputStream")
                      || has(head, NIO + "SinkChannelImpl")),
          row(
              "socket-read",
              Role.WORK,
              "blocked on a peer: a socket read",
              "the upstream does not answer; giving up the result does not end the read behind it",
              "set a read timeout below the function's timeout, and cancel the call on timeout",
              (state, head) ->
                  has(head, NIO + "NioSocketImpl", "read", "implRead", "timedRead")
                      || has(head, NIO + "SocketChannelImpl", "read", "implRead", "blockingRead")
                      || has(head, NIO + "SocketDispatcher", "read", "read0")),
          row(
              "process-wait",
              Role.WORK,
              "waiting for a child process to end",
              "the process was started and neither ends nor is destroyed",
              "use waitFor with a time limit, and destroy the process in finally",
              (state, head) ->
                  has(head, "java.lang.ProcessImpl", "waitFor")
                      || has(head, "java.lang.ProcessHandleImpl", "waitForProcessExit0")),
          row(
              "dns-lookup",
              Role.WORK,
              "resolving a host name",
              "the name server does not answer",
              "cache the address, or give the call a time limit as a whole",
              (state, head) ->
                  has(head, "java.net.Inet4AddressImpl", "lookupAllHostAddr")
                      || has(head, "java.net.Inet6AddressImpl", "lookupAllHostAddr")),
          row(
              "native",
              Role.SERVICE,
              "in native code, without a Java frame",
              "a native library started it",
              "close the client that brought the library, or keep one in a static field",
              (state, head) -> head.isEmpty()),
          row(
              "native-code",
              Role.SERVICE,
              "in native code of a library",
              "a native event loop or client is created per invocation and never closed",
              "keep one in a static field, or close it in finally",
              (state, head) -> isNative(head) && !Frames.isJdk(head.get(0))),
          row(
              "system-call",
              Role.WORK,
              "in a call to the operating system",
              "a file, a lock on a file or a device that does not answer",
              "do it with a time limit, and close the file in finally",
              (state, head) ->
                  state == Thread.State.RUNNABLE && isNative(head) && Frames.isIo(head.get(0))));

  private IoRows() {}

  private static boolean isNative(List<StackTraceElement> head) {
    return !head.isEmpty() && head.get(0).isNativeMethod();
  }
}
