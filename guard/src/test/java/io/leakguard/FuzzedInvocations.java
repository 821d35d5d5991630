package io.leakguard;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Random invocations under a guard: result, exception, context and interrupt flag must be those of
 * the bare handler, the same objects, and each line that the guard writes must parse.
 *
 * <p>The same seed makes the same invocations; how their threads interleave is up to the machine.
 */
final class FuzzedInvocations {
  private static final int PER_ENVIRONMENT = 5_000;
  private static final int TOLD = 20;

  private final Random random;
  private final ExecutorService runners;
  private final Mutant mutant;
  private final List<String> told = new ArrayList<>();
  private long passed;
  private long failed;
  private long lines;
  private long texts;
  private long interrupted;
  private long thrown;

  private FuzzedInvocations(long seed, ExecutorService runners, Mutant mutant) {
    this.random = new Random(seed);
    this.runners = runners;
    this.mutant = mutant;
  }

  /**
   * Runs the invocations; ends with status 1 if any failed.
   *
   * @param args how many, a million if absent; the seed, a new one if absent
   */
  public static void main(String[] args) throws Exception {
    long count = args.length > 0 ? Long.parseLong(args[0]) : 1_000_000;
    long seed = args.length > 1 ? Long.parseLong(args[1]) : System.nanoTime();
    System.exit(run(count, seed) == 0 ? 0 : 1);
  }

  /** Returns how many failed. */
  static long run(long count, long seed) throws Exception {
    System.out.println("seed " + seed);
    FuzzedInvocations fuzzed = all(count, seed, Mutant.NONE);
    fuzzed.told.forEach(fault -> System.out.println("failed: " + fault));
    System.out.printf(
        "%d threw, %d left interrupted, %d metric lines, %d texts%n%d passed, %d failed%n",
        fuzzed.thrown,
        fuzzed.interrupted,
        fuzzed.lines,
        fuzzed.texts,
        fuzzed.passed,
        fuzzed.failed);
    return fuzzed.failed;
  }

  /** Returns what was wrong, the first twenty, under a guard that is broken on purpose. */
  static List<String> faults(long count, long seed, Mutant mutant) throws Exception {
    return all(count, seed, mutant).told;
  }

  private static FuzzedInvocations all(long count, long seed, Mutant mutant) throws Exception {
    ExecutorService runners = Executors.newFixedThreadPool(4);
    try {
      FuzzedInvocations fuzzed = new FuzzedInvocations(seed, runners, mutant);
      while (fuzzed.passed + fuzzed.failed < count) {
        long left = count - fuzzed.passed - fuzzed.failed;
        fuzzed.environment((int) Math.min(left, PER_ENVIRONMENT));
      }
      return fuzzed;
    } finally {
      runners.shutdownNow();
    }
  }

  /** One execution environment from its cold start to its end. */
  private void environment(int invocations) throws InterruptedException {
    CheckedHost host = new CheckedHost(variables());
    boolean hostile = random.nextBoolean();
    try (FuzzedThreads threads = new FuzzedThreads()) {
      Guard guard = LeakGuard.builder().host(host).monitor(new LeakMonitor()).build();
      Code code = new Code(guard, threads, mutant);
      int done = 0;
      while (done < invocations) {
        host.pass(random.nextInt(500) == 0 ? 12_000_000_000L : 1_000_000);
        int atOnce = random.nextInt(1_000) == 0 ? 2 + random.nextInt(3) : 1;
        List<Invocation> batch = new ArrayList<>();
        for (int i = 0; i < Math.min(atOnce, invocations - done); i++) {
          batch.add(new Invocation(new Random(random.nextLong()), host, hostile));
        }
        done += batch.size();
        run(batch, code);
        host.takeFaults().forEach(this::fail);
      }
    }
    lines += host.lines();
    texts += host.texts();
  }

  private Map<String, String> variables() {
    Map<String, String> variables = new HashMap<>();
    variables.put("LEAKGUARD_DUMP_AT", random.nextInt(4) == 0 ? "30" : "0");
    variables.put("LEAKGUARD_SETTLE", random.nextBoolean() ? "0s" : "2ms");
    if (random.nextInt(4) == 0) {
      variables.put("AWS_SAM_LOCAL", "true");
    }
    if (random.nextInt(4) == 0) {
      variables.put("AWS_LAMBDA_FUNCTION_NAME", Hostile.name(random));
    }
    return variables;
  }

  private void run(List<Invocation> batch, Code code) throws InterruptedException {
    if (batch.size() == 1) {
      tally(batch.get(0), code.invoke(batch.get(0)));
      return;
    }
    List<Future<String>> running = new ArrayList<>();
    for (Invocation invocation : batch) {
      running.add(runners.submit(() -> code.invoke(invocation)));
    }
    for (int i = 0; i < batch.size(); i++) {
      try {
        tally(batch.get(i), running.get(i).get());
      } catch (ExecutionException e) {
        tally(batch.get(i), "could not be invoked: " + e.getCause().getClass());
      }
    }
  }

  private void tally(Invocation invocation, String fault) {
    thrown += invocation.thrown == null ? 0 : 1;
    interrupted += invocation.interrupts ? 1 : 0;
    if (fault == null) {
      passed++;
    } else {
      failed++;
      tell(fault);
    }
  }

  /** The output cannot be charged to an invocation: one more that failed. */
  private void fail(String fault) {
    passed--;
    failed++;
    tell(fault);
  }

  private void tell(String fault) {
    if (failed <= TOLD) {
      told.add(fault.substring(0, Math.min(fault.length(), 2_000)));
    }
  }

  /** One invocation: what its handler is to do, and what came of it. */
  private static final class Invocation {
    final Random random;
    final Object result;
    final Context context;
    final boolean startsThreads;
    final boolean nests;
    final boolean overflows;
    final boolean interrupts;
    final boolean isStream;
    Throwable thrown;
    int frames;
    boolean sawItsOwn;

    Invocation(Random random, CheckedHost host, boolean hostile) {
      this.random = random;
      this.result = random.nextInt(10) == 0 ? null : new Object();
      this.context = context(random, host, hostile);
      this.startsThreads = random.nextInt(100) == 0;
      this.nests = random.nextInt(50) == 0;
      this.overflows = random.nextInt(5_000) == 0;
      this.interrupts = random.nextInt(20) == 0;
      this.isStream = random.nextInt(10) == 0;
      this.thrown = random.nextInt(10) == 0 ? Hostile.throwable(random) : null;
      this.frames = thrown == null ? 0 : thrown.getStackTrace().length;
    }

    private static Context context(Random random, CheckedHost host, boolean hostile) {
      return random.nextInt(5) == 0 ? null : new Hostile.Context(random, host, hostile);
    }
  }

  /** The handlers: plain, with streams, and one that calls another. */
  private static final class Code {
    private final FuzzedThreads threads;
    private final RequestHandler<Invocation, Object> guarded;
    private final RequestHandler<Invocation, Object> outer;
    private final Guard guard;
    private final Mutant mutant;

    Code(Guard guard, FuzzedThreads threads, Mutant mutant) {
      this.guard = guard;
      this.threads = threads;
      this.mutant = mutant;
      this.guarded = mutant.around(guard.wrap(this::handle));
      this.outer = guard.wrap(this::handleByAnother);
    }

    /** Invokes the guarded handler; returns what was wrong, or null. */
    String invoke(Invocation invocation) {
      boolean before = invocation.random.nextInt(50) == 0;
      if (before) {
        Thread.currentThread().interrupt();
      }
      Throwable caught = null;
      Object result = null;
      try {
        result = invocation.isStream ? stream(invocation) : plain(invocation);
      } catch (Throwable e) {
        caught = e;
      }
      boolean interrupted = Thread.interrupted();
      return fault(invocation, result, caught, interrupted == (before || invocation.interrupts));
    }

    private static String fault(
        Invocation invocation, Object result, Throwable caught, boolean flagKept) {
      if (caught != invocation.thrown) {
        return "threw " + nameOf(caught) + " for " + nameOf(invocation.thrown);
      }
      if (caught == null && result != invocation.result) {
        return "returned " + result + " for " + invocation.result;
      }
      if (caught != null
          && (caught.getSuppressed().length > 0
              || caught.getStackTrace().length != invocation.frames)) {
        return "changed the exception " + nameOf(caught);
      }
      if (!flagKept) {
        return "the interrupt flag is not the handler's";
      }
      return invocation.sawItsOwn ? null : "the handler got another input or context";
    }

    private static String nameOf(Throwable thrown) {
      return thrown == null ? "nothing" : thrown.getClass() + " from " + where(thrown);
    }

    private static String where(Throwable thrown) {
      return Arrays.stream(thrown.getStackTrace()).limit(8).toList().toString();
    }

    private Object plain(Invocation invocation) {
      return (invocation.nests ? outer : guarded).handleRequest(invocation, invocation.context);
    }

    private Object stream(Invocation invocation) throws Exception {
      byte[] bytes = new byte[invocation.random.nextInt(64)];
      invocation.random.nextBytes(bytes);
      InputStream in = new ByteArrayInputStream(bytes);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      Object[] result = new Object[1];
      RequestStreamHandler handler =
          (InputStream input, OutputStream output, Context context) -> {
            input.transferTo(output);
            Object got = handle(invocation, context);
            result[0] = got;
            invocation.sawItsOwn &= input == in && output == out;
          };
      mutant.around(guard.wrap(handler)).handleRequest(in, out, invocation.context);
      return Arrays.equals(bytes, out.toByteArray()) ? result[0] : "other bytes";
    }

    private Object handleByAnother(Invocation invocation, Context context) {
      return guarded.handleRequest(invocation, context);
    }

    private Object handle(Invocation invocation, Context context) {
      invocation.sawItsOwn = context == invocation.context;
      if (invocation.startsThreads) {
        threads.stir(invocation.random);
      }
      if (invocation.random.nextInt(200) == 0) {
        LeakGuard.label(Hostile.name(invocation.random), Hostile.name(invocation.random));
      }
      if (invocation.interrupts) {
        Thread.currentThread().interrupt();
      }
      if (invocation.overflows) {
        overflow(invocation);
      }
      if (invocation.thrown != null) {
        throw Hostile.<RuntimeException>sneaky(invocation.thrown);
      }
      return invocation.result;
    }

    /** What is thrown is known only then. */
    private static void overflow(Invocation invocation) {
      try {
        descend(0);
      } catch (StackOverflowError e) {
        invocation.thrown = e;
        invocation.frames = e.getStackTrace().length;
        throw e;
      }
    }

    private static int descend(int depth) {
      return depth < 0 ? depth : descend(depth + 1) + 1;
    }
  }
}
