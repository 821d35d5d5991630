package io.leakguard.chaos.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Sends load by Gatling, in one JVM that serves hundreds of runs before it is replaced: the first
 * costs it about two seconds, each that follows some hundredths of one.
 *
 * <p>Thread-safe; one plan runs at a time, and {@link #close} may be called at any time from any
 * thread. A JVM that is gone or was silent is replaced before the next run; once the driver is
 * closed, all runs throw.
 */
public final class LoadDriver implements AutoCloseable {
  /**
   * Time for the JVM's start and Gatling's own on a busy machine; both are two seconds on an idle
   * one.
   */
  private static final Duration OVERHEAD = Duration.ofSeconds(60);

  /**
   * Something of each run stays: a heap of 64 MB was full after thirty shapes on four functions.
   */
  private static final int RUNS_OF_A_JVM = 300;

  /** 64 MB carry 500 requests per second; the rest is for what stays. */
  private static final int HEAP_MEGABYTES = 192;

  /** A run's events are in memory several times, as lines, as requests and as what is sent. */
  private static final int COPIES = 16;

  /** Of large events so much stays that one megabyte of them counts as so many runs. */
  private static final int RUNS_OF_A_MEGABYTE = 3;

  private static final String CLOSED = "the load driver is closed";

  private final ReentrantLock oneRun = new ReentrantLock();
  private final Launcher launcher;
  private final List<Path> classPath;
  private final Path folder;
  private final Duration overhead;
  private final int runsOfAJvm;
  private volatile DriverProcess driver;
  private int runs;
  private int heapMegabytes = HEAP_MEGABYTES;
  private boolean closed;

  /**
   * Starts the JVM as a plain child process.
   *
   * @param classPath the jars of the simulations and all they need, at least one
   * @param folder an existing folder for temporary files, the caller's to delete
   * @throws LoadException if the JVM cannot be started
   */
  public LoadDriver(List<Path> classPath, Path folder) throws LoadException {
    this(classPath, folder, Launcher.children());
  }

  /**
   * Starts the JVM.
   *
   * @param classPath the jars of the simulations and all they need, at least one
   * @param folder an existing folder for temporary files, the caller's to delete
   * @param launcher starts it
   * @throws LoadException if the JVM cannot be started
   */
  public LoadDriver(List<Path> classPath, Path folder, Launcher launcher) throws LoadException {
    this(classPath, folder, launcher, OVERHEAD, RUNS_OF_A_JVM);
  }

  LoadDriver(
      List<Path> classPath, Path folder, Launcher launcher, Duration overhead, int runsOfAJvm)
      throws LoadException {
    if (classPath.isEmpty()) {
      throw new IllegalArgumentException("classPath must be at least one jar, was '[]'");
    }
    this.folder = folder.toAbsolutePath();
    this.overhead = overhead;
    this.runsOfAJvm = runsOfAJvm;
    this.launcher = launcher;
    this.classPath = List.copyOf(classPath);
    driver = start();
  }

  private DriverProcess start() throws LoadException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    int version = Runtime.version().feature();
    List<String> command = DriverCommand.jvm(java, version, classPath, folder, heapMegabytes);
    try {
      return new DriverProcess(launcher.start(command));
    } catch (IOException e) {
      throw new LoadException("the load driver did not start: " + e.getMessage(), e);
    }
  }

  /** A JVM that has run for long, is too small, or is gone is replaced before the next run. */
  private void renew(long bytes) throws LoadException {
    int megabytes = (int) (bytes >> 20);
    int needed = HEAP_MEGABYTES + COPIES * megabytes;
    if (runs >= runsOfAJvm || needed > heapMegabytes || !driver.isAlive()) {
      heapMegabytes = Math.max(heapMegabytes, needed);
      driver.close();
      use(start());
      runs = 0;
    }
    runs += 1 + RUNS_OF_A_MEGABYTE * megabytes;
  }

  /** Guards against a close while a JVM was being started: nobody would end that one. */
  private void use(DriverProcess started) throws LoadException {
    synchronized (this) {
      if (!closed) {
        driver = started;
        return;
      }
    }
    started.close();
    throw new LoadException(CLOSED);
  }

  /**
   * Sends a plan's requests and waits until the last one has ended.
   *
   * @throws LoadException if the requests could not be sent, or the JVM ended or gave no answer in
   *     the longest time that the plan can take and a minute
   * @throws InterruptedException if the caller is interrupted; the driver is closed then
   */
  public LoadResult run(LoadPlan plan) throws LoadException, InterruptedException {
    oneRun.lockInterruptibly();
    try {
      requireOpen();
      List<String> events = events(plan);
      renew(events.stream().mapToLong(String::length).sum());
      return ask(plan, events);
    } catch (IOException e) {
      throw new LoadException("the events could not be written to a file: " + e.getMessage(), e);
    } finally {
      oneRun.unlock();
    }
  }

  private synchronized void requireOpen() throws LoadException {
    if (closed) {
      throw new LoadException(CLOSED);
    }
  }

  /** Lines; one where all are the same, since they are sent in turn from the start. */
  private static List<String> events(LoadPlan plan) {
    List<String> different = plan.bodies().stream().distinct().toList();
    return (different.size() == 1 ? different : plan.bodies())
        .stream().map(LoadDriver::oneLine).toList();
  }

  private LoadResult ask(LoadPlan plan, List<String> events)
      throws IOException, LoadException, InterruptedException {
    Path bodies = Files.createTempFile(folder, "bodies-", ".jsonl");
    try {
      Files.write(bodies, events);
      Duration patience = plan.longest().plus(overhead);
      String answer = driver.ask(DriverCommand.line(plan, bodies), patience);
      return Answer.parse(answer, plan.targets().size());
    } catch (InterruptedException e) {
      // The answer to this run would be taken for that to the next one.
      close();
      throw e;
    } finally {
      Files.deleteIfExists(bodies);
    }
  }

  /** Line ends in JSON are only ever between tokens: inside strings they are escaped. */
  private static String oneLine(String json) {
    return json.replaceAll("[\\r\\n]+", " ");
  }

  /** Ends the JVM, also in the middle of a run, which then throws. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    driver.close();
  }
}
