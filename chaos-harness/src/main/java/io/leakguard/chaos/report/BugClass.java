package io.leakguard.chaos.report;

import io.leakguard.chaos.results.FindingResult;
import java.util.List;

/**
 * What kind of bug a finding is, told by the mechanism that its stack shows, and how it is mended.
 */
enum BugClass {
  SCHEDULER(
      Counted.THREADS,
      "java.util.concurrent.ScheduledThreadPoolExecutor$DelayedWorkQueue DelayScheduler",
      "one scheduler for all invocations, or shut it down in finally",
      """
      // one for the environment, made once
      private static final ScheduledExecutorService SCHEDULER =
          Executors.newSingleThreadScheduledExecutor();

      // or, where it must belong to the invocation:
      ScheduledExecutorService retries = Executors.newSingleThreadScheduledExecutor();
      try {
        return retryUntilAnswered(retries);
      } finally {
        retries.shutdownNow(); // also when the last try fails
      }\
      """),
  POOL(
      Counted.THREADS,
      "java.util.concurrent.ThreadPoolExecutor.getTask",
      "one pool for all invocations, or shut it down in finally",
      """
      // one for the environment, made once
      private static final ExecutorService POOL = Executors.newFixedThreadPool(4);

      // or, where it must belong to the invocation:
      ExecutorService pool = Executors.newFixedThreadPool(4);
      try {
        return price(order, pool);
      } finally {
        pool.shutdownNow(); // not only where price() returns
      }\
      """),
  FORK_JOIN(
      Counted.THREADS,
      "java.util.concurrent.ForkJoinPool",
      "the common pool or a static one, or shut it down in finally",
      """
      private static final ForkJoinPool POOL = new ForkJoinPool(4);\
      """),
  TIMER(
      Counted.THREADS,
      "java.util.TimerThread",
      "one timer for all invocations, or cancel it in finally",
      """
      Timer timer = new Timer("refresh", true);
      try {
        return process(order, timer);
      } finally {
        timer.cancel();
      }\
      """),
  CLIENT(
      Counted.THREADS,
      "jdk.internal.net.http.HttpClientImpl$SelectorManager sun.nio.ch.SelectorImpl",
      "one client for all invocations",
      """
      // made once: it keeps connections alive from one invocation to the next, too
      private static final HttpClient CLIENT =
          HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();\
      """),
  BLOCKED_CALL(
      Counted.THREADS,
      "sun.nio.ch.NioSocketImpl sun.nio.ch.SocketDispatcher.read sun.nio.ch.SocketChannelImpl"
          + " sun.nio.ch.Net. jdk.internal.net.http.HttpClientImpl.send",
      "cancel what is given up, and give the call a time limit of its own",
      """
      Future<Stock> call = POOL.submit(this::stock);
      try {
        return call.get(200, MILLISECONDS);
      } catch (TimeoutException e) {
        call.cancel(true); // giving up the result does not end the call
        throw e;
      }

      // cancel() does not end a read from a socket: the client needs limits below the function's
      connection.setConnectTimeout(1_000);
      connection.setReadTimeout(1_000);\
      """),
  SOCKET(
      Counted.SOCKETS,
      "",
      "read or close every response, also those with an error status",
      """
      HttpResponse<InputStream> response = CLIENT.send(request, BodyHandlers.ofInputStream());
      try (InputStream body = response.body()) {
        if (response.statusCode() != 200) {
          throw new IOException("status " + response.statusCode()); // closes the body, too
        }
        return read(body);
      }\
      """),
  DESCRIPTOR(
      Counted.DESCRIPTORS,
      "",
      "open it in try-with-resources",
      """
      try (InputStream in = Files.newInputStream(file)) {
        return read(in);
      }\
      """),
  BACKLOG(
      Counted.BACKLOG,
      "",
      "give tasks a time limit, cancel what is given up, and bound the queue",
      """
      private static final ExecutorService POOL =
          new ThreadPoolExecutor(
              4, 4, 0, SECONDS, new ArrayBlockingQueue<>(16), new AbortPolicy());\
      """),
  DUPLICATE(
      Counted.REQUESTS,
      "",
      "make the request safe to repeat, or switch off silent retries",
      """
      // the upstream then knows the second one for the first
      request.header("Idempotency-Key", order.id());\
      """),
  THREAD(
      Counted.THREADS,
      "",
      "start it once, or end it in finally",
      """
      Thread worker = new Thread(this::poll, "poll");
      worker.start();
      try {
        return process(order);
      } finally {
        worker.interrupt();
        worker.join(1_000);
      }\
      """);

  /** What a test has to count to see the bug. */
  enum Counted {
    THREADS,
    SOCKETS,
    DESCRIPTORS,
    BACKLOG,
    REQUESTS
  }

  private final Counted counted;

  /** Parts of frames, any of which tells it, separated by spaces. */
  private final String frames;

  private final String fix;
  private final String code;

  BugClass(Counted counted, String frames, String fix, String code) {
    this.counted = counted;
    this.frames = frames;
    this.fix = fix;
    this.code = code;
  }

  static BugClass of(FindingResult finding) {
    return switch (finding.kind()) {
      case "socket" -> SOCKET;
      case "descriptor" -> DESCRIPTOR;
      case "backlog" -> BACKLOG;
      case "duplicate" -> DUPLICATE;
      default -> ofStack(finding.stack());
    };
  }

  private static BugClass ofStack(List<String> stack) {
    for (BugClass candidate : values()) {
      for (String frame : candidate.frames.split(" ")) {
        if (!frame.isEmpty() && stack.stream().anyMatch(line -> line.contains(frame))) {
          return candidate;
        }
      }
    }
    return THREAD;
  }

  Counted counted() {
    return counted;
  }

  /** What to change, in one sentence without a full stop. */
  String fix() {
    return fix;
  }

  /** The changed code, as an example. */
  String code() {
    return code;
  }
}
