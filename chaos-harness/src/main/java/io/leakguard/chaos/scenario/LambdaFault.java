package io.leakguard.chaos.scenario;

import io.leakguard.chaos.lambda.CpuShare;
import io.leakguard.chaos.process.Quota;
import io.leakguard.chaos.verdict.Levels;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Lambda itself, or the size of the environment, is the trouble. */
public sealed interface LambdaFault extends Fault {
  /** What happens to the function's connections while its environment is frozen. */
  enum Meanwhile {
    NOTHING("nothing else happens"),
    CLOSE("the upstream closes its connections (FIN)"),
    RESET("the upstream's connections are reset (RST)"),
    ABANDON("its connections to the upstream become half-open: they lead nowhere");

    private final String text;

    Meanwhile(String text) {
      this.text = text;
    }
  }

  @Override
  default FromOutside outside() {
    return new FromOutside.Impossible(
        "the environment would have to be in hand: Lambda freezes, limits and ends it");
  }

  /**
   * The environment is frozen as soon as it has answered, each time.
   *
   * @param atLeast how long it stays frozen
   */
  record Frozen(Meanwhile meanwhile, Duration atLeast) implements LambdaFault {
    @Override
    public String how() {
      return "the environment is frozen (SIGSTOP) as soon as it has answered, for "
          + (atLeast.isZero() ? "a moment" : atLeast.toMillis() + " ms")
          + "; meanwhile "
          + meanwhile.text;
    }

    @Override
    public void prepare(Setup setup) {
      if (meanwhile == Meanwhile.RESET) {
        setup.needDirect();
      }
    }

    @Override
    public void arm(Levers levers) {
      levers.freezeAtOnce();
    }

    @Override
    public Optional<String> refusal(Target target) {
      return meanwhile == Meanwhile.NOTHING ? Optional.empty() : UpstreamFault.needsStandIn(target);
    }

    @Override
    public String needs() {
      return meanwhile == Meanwhile.NOTHING ? "" : UpstreamFault.AN_UPSTREAM;
    }
  }

  /** The function's timeout is this short, so that Lambda kills the environment in mid-work. */
  record Timeout(Duration timeout) implements LambdaFault {
    @Override
    public String how() {
      return "the function's timeout is cut to "
          + timeout.toMillis()
          + " ms; past it the environment is killed (SIGKILL) and a new one started";
    }

    @Override
    public void arm(Levers levers) {
      levers.timeout(timeout);
    }
  }

  /** One environment takes so many events at a time, and gets them at a time; 2 to 64. */
  record Lanes(int events) implements LambdaFault {
    @Override
    public String how() {
      return "one environment takes "
          + events
          + " events at a time (AWS_LAMBDA_MAX_CONCURRENCY, as on Managed Instances), and "
          + events
          + " come at once, again and again";
    }

    @Override
    public void prepare(Setup setup) {
      setup.needLanes(events);
    }
  }

  /** All environments end, so that the next invocations are cold starts. */
  record Recycle() implements LambdaFault {
    @Override
    public String how() {
      return "all environments are ended first, so that the next ones start cold";
    }

    @Override
    public void arm(Levers levers) {
      levers.recycle();
    }
  }

  /** The environment gets a small part of a processor. */
  record Starved(CpuShare share) implements LambdaFault {
    @Override
    public String how() {
      return "the environment runs for "
          + share.runs().toMillis()
          + " ms and is stopped for "
          + share.stopped().toMillis()
          + " ms in turn, and sees one processor";
    }

    @Override
    public void prepare(Setup setup) {
      setup.addJvmOptions(List.of("-XX:ActiveProcessorCount=1"));
    }

    @Override
    public void arm(Levers levers) {
      levers.starve(share);
    }
  }

  /** The heap is this small in all phases. */
  record Heap(int megabytes) implements LambdaFault {
    @Override
    public String how() {
      return "the JVM is started with a heap of " + megabytes + " MB (-XX:MaxHeapSize)";
    }

    @Override
    public void prepare(Setup setup) {
      setup.addJvmOptions(List.of("-XX:MaxHeapSize=" + megabytes + "m"));
    }
  }

  /** What Lambda gives an environment so many of, and no more. */
  enum Resource {
    THREADS("threads"),
    DESCRIPTORS("descriptors");

    private final String text;

    Resource(String text) {
      this.text = text;
    }

    int of(Levels levels) {
      return this == THREADS ? levels.threads() : levels.descriptors();
    }
  }

  /**
   * The environment has so many threads or descriptors, in all phases, and the fault goes on until
   * a function that leaks them has used them up.
   *
   * @param taken how many of them are used already, as in an environment that has leaked for a day:
   *     a thousand invocations would take longer than they tell
   */
  record Limited(Resource resource, int limit, int taken) implements LambdaFault {
    /** What a JVM needs to start and to serve. */
    private static final int FEWEST = 96;

    public Limited {
      if (limit - taken < FEWEST) {
        throw new IllegalArgumentException(
            "taken must leave at least " + FEWEST + " of " + limit + ": " + taken);
      }
    }

    int left() {
      return limit - taken;
    }

    @Override
    public String how() {
      return "of the environment's "
          + limit
          + " "
          + resource.text
          + " "
          + taken
          + " are taken, and it is held to the other "
          + left()
          + " ("
          + (resource == Resource.THREADS ? "a control group or a user namespace" : "ulimit -n")
          + "); where they rise, the first fault phase goes on, uncounted, until they are used up,"
          + " and the second begins with a new environment";
    }

    @Override
    public void prepare(Setup setup) {
      if (resource == Resource.DESCRIPTORS) {
        setup.wrap(Quota.descriptors(left()));
      } else {
        Quota.threads(left()).ifPresent(setup::wrap);
      }
    }

    @Override
    public void arm(Levers levers) {
      levers.recycle();
    }

    @Override
    public Optional<String> refusal(Target target) {
      return resource == Resource.DESCRIPTORS || Quota.threads(left()).isPresent()
          ? Optional.empty()
          : Optional.of(
              "this machine cannot hold a program to a number of threads: neither a user namespace"
                  + " nor a control group of its own can be made");
    }
  }
}
