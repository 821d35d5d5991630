package io.leakguard;

/**
 * What a resource that grows usually means, and what to change.
 *
 * @param kind a short name that never changes, such as {@code socket-close-wait}
 * @param what what there is too much of
 * @param cause what usually leaves it behind
 * @param fix what to change in the code
 */
record ResourceDiagnosis(String kind, String what, String cause, String fix) {

  /** Returns the whole in one sentence. */
  String sentence() {
    return what + ": " + cause + "; " + fix;
  }

  /** Diagnoses sockets by the state that most of them are in. */
  static ResourceDiagnosis ofSockets(String state) {
    return switch (state) {
      case "CLOSE_WAIT" ->
          new ResourceDiagnosis(
              "socket-close-wait",
              "connections that the peer has closed",
              "the peer has closed and the function has not",
              "close the response or the client in finally");
      case "SYN_SENT" ->
          new ResourceDiagnosis(
              "socket-connecting",
              "connections to a peer that does not answer",
              "connecting has no time limit, or a longer one than the invocation",
              "set a connect timeout below the function's timeout");
      case "LISTEN" ->
          new ResourceDiagnosis(
              "socket-listening",
              "listening sockets",
              "a server socket was opened and never closed",
              "close it in finally");
      case "UDP" ->
          new ResourceDiagnosis(
              "socket-datagram",
              "datagram sockets",
              "a client, often of metrics or names, is created per invocation and never closed",
              "keep one in a static field, or close it in finally");
      case "unconnected" ->
          new ResourceDiagnosis(
              "socket-unconnected",
              "sockets that are connected to nothing",
              "a socket was created and neither connected nor closed, often after an exception",
              "close it in finally");
      default ->
          new ResourceDiagnosis(
              "socket-open",
              "open connections",
              "connections are opened and neither closed nor used again",
              "keep one client in a static field, and read or close every response in finally");
    };
  }

  /** Diagnoses all other descriptors by their key. */
  static ResourceDiagnosis ofDescriptors(String key) {
    if (key.startsWith("file")) {
      return new ResourceDiagnosis(
          "file-open",
          "open files",
          "a stream, channel or directory listing is opened and not closed",
          "open it in try-with-resources");
    }
    if (key.equals("pipe")) {
      return new ResourceDiagnosis(
          "pipe-open",
          "open pipes",
          "a child process or a pipe is opened and its streams are not closed",
          "close all streams of the process in finally, and destroy it");
    }
    if (key.startsWith("anon_inode inotify")) {
      return new ResourceDiagnosis(
          "watch-open",
          "open file watches",
          "a WatchService is created per invocation and never closed",
          "keep one in a static field, or close it in finally");
    }
    if (key.startsWith("anon_inode")) {
      return new ResourceDiagnosis(
          "selector-open",
          "open selectors",
          "a client or event loop group is created per invocation and never closed",
          "keep one in a static field, or close it in finally");
    }
    return new ResourceDiagnosis(
        "descriptor-open",
        "open descriptors",
        "something is opened per invocation and not closed",
        "close it in finally");
  }

  /** Returns what growing direct memory means. */
  static ResourceDiagnosis ofDirectMemory() {
    return new ResourceDiagnosis(
        "direct-memory",
        "memory of direct buffers",
        "buffers are allocated per invocation and still referenced, or not collected yet",
        "release pooled buffers in finally, or reuse one buffer");
  }

  /** Returns what a growing queue of the common pool means. */
  static ResourceDiagnosis ofBacklog() {
    return new ResourceDiagnosis(
        "common-pool-backlog",
        "tasks that wait for a worker of the common pool",
        "tasks are left behind faster than they end, often because all workers are blocked",
        "wait for the results before returning, and run blocking work in a pool of its own");
  }
}
