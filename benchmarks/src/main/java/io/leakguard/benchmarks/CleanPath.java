package io.leakguard.benchmarks;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.leakguard.LeakGuard;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * An invocation that leaves nothing behind, beside one look at all stacks.
 *
 * <p>The flags are those of Lambda's managed Java 17 and 21 runtimes, which stop at C1.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 2,
    jvmArgsAppend = {"-XX:+UseSerialGC", "-XX:+TieredCompilation", "-XX:TieredStopAtLevel=1"})
@State(Scope.Benchmark)
public class CleanPath {
  /** How deep a waiting thread of a real function stands; 20 frames as a middle value. */
  private static final int DEPTH = 20;

  /** Live threads, those of the JVM and of JMH included. */
  @Param({"30", "100", "1000"})
  public int threads;

  private final CountDownLatch end = new CountDownLatch(1);
  private final List<Thread> started = new ArrayList<>();
  private final RequestHandler<String, String> bare = (input, context) -> input;
  private final RequestHandler<String, String> guarded = LeakGuard.wrap(bare);

  /** Starts threads, then runs the first invocation, which takes the baseline. */
  @Setup(Level.Trial)
  public void start() throws InterruptedException {
    int missing = threads - Thread.getAllStackTraces().size();
    CountDownLatch waiting = new CountDownLatch(missing);
    for (int i = 0; i < missing; i++) {
      Thread thread = new Thread(() -> await(DEPTH, waiting), "waiting-" + i);
      started.add(thread);
      thread.start();
    }
    waiting.await();
    guarded.handleRequest("first", null);
  }

  private void await(int depth, CountDownLatch waiting) {
    if (depth > 0) {
      await(depth - 1, waiting);
      return;
    }
    waiting.countDown();
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends the threads. */
  @TearDown(Level.Trial)
  public void stop() throws InterruptedException {
    end.countDown();
    for (Thread thread : started) {
      thread.join();
    }
  }

  /** The handler alone. */
  @Benchmark
  public String bareHandler() {
    return bare.handleRequest("event", null);
  }

  /** The handler between two looks. */
  @Benchmark
  public String guardedHandler() {
    return guarded.handleRequest("event", null);
  }

  /** What a guard without a clean path would cost. */
  @Benchmark
  public Map<Thread, StackTraceElement[]> allStackTraces() {
    return Thread.getAllStackTraces();
  }
}
