package io.leakguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A wrapped handler is the handler, whatever happens inside the guard. */
class TransparencyTest {
  private final FakeHost host = new FakeHost();
  private final FakeContext context = new FakeContext("request-1");

  private Guard guard() {
    return LeakGuard.builder().host(host).monitor(new LeakMonitor()).build();
  }

  @Test
  void wrap_result_isTheSameObject() {
    Object result = new Object();
    RequestHandler<String, Object> wrapped = guard().wrap((input, c) -> result);

    assertThat(wrapped.handleRequest("event", context)).isSameAs(result);
  }

  @Test
  void wrap_inputAndContext_arePassedOn() {
    AtomicReference<Context> seen = new AtomicReference<>();
    RequestHandler<Object, Object> wrapped =
        guard()
            .wrap(
                (input, c) -> {
                  seen.set(c);
                  return input;
                });
    Object event = new Object();

    assertThat(wrapped.handleRequest(event, context)).isSameAs(event);
    assertThat(seen.get()).isSameAs(context);
  }

  @Test
  void wrap_nullResultAndNullContext_areLeftAlone() {
    RequestHandler<Object, Object> wrapped = guard().wrap((input, c) -> null);

    assertThat(wrapped.handleRequest(null, null)).isNull();
  }

  static Stream<Throwable> throwables() {
    return Stream.of(
        new IllegalStateException("unchecked"),
        new IOException("checked, thrown sneakily"),
        new InterruptedException("checked"),
        new OutOfMemoryError("unable to create native thread"),
        new StackOverflowError(),
        new LinkageError(),
        new AssertionError("error"));
  }

  @ParameterizedTest
  @MethodSource("throwables")
  void wrap_anythingThrown_isTheSameObject(Throwable thrown) {
    RequestHandler<String, String> wrapped =
        guard()
            .wrap(
                (input, c) -> {
                  throw TransparencyTest.<RuntimeException>sneaky(thrown);
                });

    Throwable caught = catchThrowable(() -> wrapped.handleRequest("event", context));

    assertThat(caught).isSameAs(thrown);
    assertThat(caught.getSuppressed()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("throwables")
  void wrap_anythingThrownAfterALeak_isReportedAndTheSameObject(Throwable thrown) {
    try (LeakingHandler leaking = new LeakingHandler(thrown)) {
      RequestHandler<String, String> wrapped = guard().wrap(leaking);

      Throwable caught = catchThrowable(() -> wrapped.handleRequest("event", context));

      assertThat(caught).isSameAs(thrown);
      assertThat(host.lines()).hasSize(1);
    }
  }

  /** Leaks a thread, then throws. */
  private record LeakingHandler(Throwable thrown, AtomicReference<BlockedThread> leaked)
      implements RequestHandler<String, String>, AutoCloseable {
    LeakingHandler(Throwable thrown) {
      this(thrown, new AtomicReference<>());
    }

    @Override
    public String handleRequest(String input, Context context) {
      leaked.set(BlockedThread.start("order-writer"));
      throw TransparencyTest.<RuntimeException>sneaky(thrown);
    }

    @Override
    public void close() {
      leaked.get().close();
    }
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <T extends Throwable> T sneaky(Throwable thrown) throws T {
    throw (T) thrown;
  }

  @Test
  void wrapStream_bytesAndException_areTheHandlers() throws IOException {
    FileNotFoundException thrown = new FileNotFoundException("gone");
    RequestStreamHandler echo =
        guard().wrap((InputStream in, OutputStream out, Context c) -> in.transferTo(out));
    RequestStreamHandler failing =
        guard()
            .wrap(
                (InputStream in, OutputStream out, Context c) -> {
                  throw thrown;
                });
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    InputStream in = new ByteArrayInputStream("payload".getBytes(StandardCharsets.UTF_8));

    echo.handleRequest(in, out, context);

    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("payload");
    assertThat(catchThrowable(() -> failing.handleRequest(in, out, context))).isSameAs(thrown);
  }

  @Test
  void wrap_handlerReturnsInterrupted_staysInterrupted() {
    try (BlockedThreads leaked = new BlockedThreads()) {
      RequestHandler<String, String> wrapped =
          LeakGuard.builder()
              .host(new RealTimeHost(host))
              .monitor(new LeakMonitor())
              .build()
              .wrap(
                  (input, c) -> {
                    leaked.start("order-writer");
                    Thread.currentThread().interrupt();
                    return input;
                  });

      wrapped.handleRequest("event", context);

      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void wrap_hostThrows_isLoggedOnceAndSwallowed() {
    Guard broken = guardOf(new BrokenHost());
    try (BlockedThreads leaked = new BlockedThreads()) {
      RequestHandler<String, String> wrapped =
          broken.wrap(
              (input, c) -> {
                leaked.start("order-writer");
                return input;
              });
      for (int i = 0; i < 5; i++) {
        assertThat(wrapped.handleRequest("event", context)).isEqualTo("event");
      }
    }

    assertThat(context.logged.stream().filter(line -> line.contains("LeakGuard failed")))
        .hasSize(1)
        .first()
        .asString()
        .contains("no output today");
  }

  @Test
  void wrap_contextThrows_isSwallowed() {
    BlockedThreads leaked = new BlockedThreads();
    RequestHandler<String, String> wrapped =
        guard().wrap((input, c) -> input + leaked.start("order-writer").thread().getName());
    FakeContext broken =
        new FakeContext("request-1") {
          @Override
          public int getRemainingTimeInMillis() {
            throw new UnsupportedOperationException("no clock");
          }
        };

    assertThat(wrapped.handleRequest("event ", broken)).isEqualTo("event order-writer");
    leaked.close();
  }

  private static Guard guardOf(Host host) {
    return LeakGuard.builder().host(host).monitor(new LeakMonitor()).build();
  }

  /** A process whose standard output is gone. */
  private static final class BrokenHost implements Host {
    private final FakeHost working = new FakeHost();

    @Override
    public String variable(String name) {
      return null;
    }

    @Override
    public long nanoTime() {
      return working.nanoTime();
    }

    @Override
    public void pause(long nanos) {
      working.pause(nanos);
    }

    @Override
    public Instant now() {
      return working.now();
    }

    @Override
    public PrintStream out() {
      throw new IllegalStateException("no output today");
    }

    @Override
    public void log(String line) {
      working.log(line);
    }
  }

  @Test
  void wrap_null_isRefused() {
    assertThatNullPointerException()
        .isThrownBy(() -> guard().wrap((RequestHandler<String, String>) null))
        .withMessage("handler");
    assertThatNullPointerException()
        .isThrownBy(() -> LeakGuard.wrap((RequestStreamHandler) null))
        .withMessage("handler");
  }

  @Test
  void wrap_staticConvenience_wraps() {
    RequestHandler<String, String> handler = (input, c) -> input;

    assertThat(LeakGuard.wrap(handler)).isInstanceOf(GuardedRequestHandler.class);
    assertThat(LeakGuard.wrap((InputStream in, OutputStream out, Context c) -> {}))
        .isInstanceOf(GuardedStreamHandler.class);
  }

  @Test
  void wrap_disabled_isTheHandlerItself() {
    host.variable("LEAKGUARD_DISABLED", "true");
    RequestHandler<String, String> handler = (input, c) -> input;

    assertThat(guard().wrap(handler)).isSameAs(handler);
  }
}
