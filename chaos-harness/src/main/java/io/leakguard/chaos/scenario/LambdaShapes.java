package io.leakguard.chaos.scenario;

import io.leakguard.chaos.fault.Toxic;
import io.leakguard.chaos.lambda.CpuShare;
import io.leakguard.chaos.scenario.LambdaFault.Meanwhile;
import io.leakguard.chaos.scenario.LambdaFault.Resource;
import io.leakguard.chaos.upstream.Answer;
import java.time.Duration;
import java.util.List;

/** Shapes in which Lambda freezes, kills or starves the environment. */
final class LambdaShapes {
  /**
   * Shorter than any time a function reasonably gives its upstream, so that it is always killed: a
   * race between the two would make the verdict a matter of luck.
   */
  private static final Duration CUT_SHORT = Duration.ofMillis(150);

  /** Lambda's quota of threads and processes, and of file descriptors, of one environment. */
  private static final int QUOTA = 1024;

  private static final int TAKEN = 864;

  private static final Fault HANGS = UpstreamShapes.disturb(new Toxic.Hang());

  static final List<Shape> ALL =
      List.of(
          Shape.of(
                  "freeze-stale-connection",
                  "the upstream closes idle connections while the environment is frozen",
                  "pooled connections that are dead after the thaw",
                  frozen(Meanwhile.CLOSE))
              .withStory(
                  "Between two invocations the environment stands still, the upstream's idle time"
                      + " does not.")
              .like(
                  "NoHttpResponseException",
                  "Connection reset",
                  "Broken pipe",
                  "unexpected end of stream",
                  "Connection pool shut down"),
          Shape.of(
                  "freeze-connection-reset",
                  "connections are reset while the environment is frozen: Connection reset",
                  "pooled connections that are dead after the thaw",
                  frozen(Meanwhile.RESET))
              .withStory("A load balancer is replaced while the environment stands still.")
              .like("Connection reset", "Broken pipe", "Connection reset by peer"),
          Shape.of(
                  "freeze-half-open",
                  "after a freeze, kept connections lead nowhere: Read timed out",
                  "pooled connections used without a check, calls without a read timeout",
                  frozen(Meanwhile.ABANDON))
              .withStory(
                  "A NAT gateway forgets a connection after 350 s without a packet, and tells"
                      + " nobody. What is sent over it disappears.")
              .like(
                  "Read timed out",
                  "HttpTimeoutException: request timed out",
                  "UNAVAILABLE: keepalive",
                  "Connection timed out"),
          Shape.of(
                  "freeze-in-flight",
                  "the environment is frozen while work of the invocation is still under way",
                  "work that outlives its invocation and runs in another one's",
                  HANGS,
                  new LambdaFault.Frozen(Meanwhile.NOTHING, Duration.ofMillis(150)))
              .withStory(
                  "The handler has answered, and what it left behind waits for an upstream. It goes"
                      + " on minutes later, in the middle of somebody else's invocation.")
              .like(
                  "fire and forget",
                  "RejectedExecutionException",
                  "Read timed out",
                  "The security token included in the request is expired",
                  "Signature expired")
              .withFaultInvocations(UpstreamShapes.FEW),
          Shape.of(
                  "function-timeout",
                  "the function's timeout (cut to 150 ms) ends the environment: Task timed out",
                  "work that is lost or repeated, cleanup that never runs",
                  HANGS,
                  new LambdaFault.Timeout(CUT_SHORT))
              .withStory(
                  "The upstream takes longer than the function may. Lambda kills the environment:"
                      + " no finally block runs, and the next invocation starts cold.")
              .like("Task timed out", "Status: timeout", "Sandbox.Timedout")
              .withFaultInvocations(2),
          Shape.of(
                  "concurrent-invocations",
                  "three invocations at a time in one environment, and their upstream answers 503",
                  "fields and statics that invocations share, leaks that come three times as fast",
                  new LambdaFault.Lanes(3),
                  UpstreamShapes.disturb(UpstreamShapes.latency(Duration.ofMillis(100))),
                  UpstreamShapes.behaves(new Answer(503, 200)))
              .withStory(
                  "On Managed Instances an environment takes several events at a time. What was"
                      + " safe because one invocation had the JVM to itself is not any more.")
              .like(
                  "ConcurrentModificationException",
                  "concurrent function handler threads",
                  "HikariPool-1 - Connection is not available")
              .withFaultInvocations(15),
          Shape.of(
                  "cpu-starved",
                  "the environment gets a sixth of a processor, and its upstream answers 503",
                  "timeouts that fire in another order than on a developer's machine",
                  new LambdaFault.Starved(
                      new CpuShare(Duration.ofMillis(10), Duration.ofMillis(50))),
                  UpstreamShapes.behaves(new Answer(503, 200)))
              .withStory(
                  "Lambda gives CPU by memory: at 128 MB a function runs for a few milliseconds and"
                      + " then waits for many.")
              .like("Duration: ", "Task timed out", "Thread starvation or clock leap detected"),
          Shape.of(
                  "heap-nearly-full",
                  "a heap of 24 MB, and error bodies of 256 KB: Java heap space",
                  "buffers and bodies that are kept, caches without a limit",
                  new LambdaFault.Heap(24),
                  UpstreamShapes.behaves(new Answer(503, 262_144)))
              .withStory(
                  "An environment has grown for a day and has a few megabytes left. What was a"
                      + " harmless buffer is now the one that does not fit.")
              .like("Java heap space", "OutOfMemoryError", "GC overhead limit exceeded"),
          Shape.of(
                  "thread-quota",
                  "1,024 threads and no more: unable to create native thread",
                  "environments that leak until they stand there and serve nobody",
                  new LambdaFault.Limited(Resource.THREADS, QUOTA, TAKEN),
                  UpstreamShapes.behaves(new Answer(503, 200)),
                  new LambdaFault.Timeout(Duration.ofSeconds(3)))
              .withStory(
                  "A thread leaks with each failure, and after a thousand the next cannot be"
                      + " started. The runtime gives up, the leaked threads keep the process alive,"
                      + " and it stands until the invocation's timeout. With the guard's breaker"
                      + " (--env LEAKGUARD_BREAKER=true) it exits at once.")
              .like(
                  "unable to create native thread",
                  "unable to create new native thread",
                  "Resource temporarily unavailable",
                  "process/resource limits reached"),
          Shape.of(
                  "descriptor-quota",
                  "1,024 file descriptors and no more: Too many open files",
                  "connections and files that are left open until nothing can be opened",
                  new LambdaFault.Limited(Resource.DESCRIPTORS, QUOTA, TAKEN),
                  UpstreamShapes.behaves(new Answer(503, 65_536)),
                  new LambdaFault.Timeout(Duration.ofSeconds(3)))
              .withStory(
                  "A connection leaks with each failure. After a thousand the environment can open"
                      + " nothing any more, not even a class file, and fails until it is replaced.")
              .like(
                  "Too many open files",
                  "EMFILE",
                  "ClosedChannelException",
                  "NoClassDefFoundError"));

  private LambdaShapes() {}

  private static Fault frozen(Meanwhile meanwhile) {
    return new LambdaFault.Frozen(meanwhile, Duration.ZERO);
  }
}
