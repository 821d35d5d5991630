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

  private static final String CLOSED = "the load driver is closed";

  private final ReentrantLock oneRun = new ReentrantLock();
  private final Launcher launcher;
  private final List<String> command;
  private final Path folder;
  private final Duration overhead;
  private final int runsOfAJvm;
  private volatile DriverProcess driver;
  private int runs;
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
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    int version = Runtime.version().feature();
    this.launcher = launcher;
    this.command = DriverCommand.jvm(java, version, classPath, this.folder);
    driver = start();
  }

  private DriverProcess start() throws LoadException {
    try {
      return new DriverProcess(launcher.start(command));
    } catch (IOException e) {
      throw new LoadException("the load driver did not start: " + e.getMessage(), e);
    }
  }

  /** A JVM that has run for long, or is gone, is replaced before the next run. */
  private void renew() throws LoadException {
    if (runs >= runsOfAJvm || !driver.isAlive()) {
      driver.close();
      use(start());
      runs = 0;
    }
    runs++;
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
      renew();
      return ask(plan);
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

  private LoadResult ask(LoadPlan plan) throws IOException, LoadException, InterruptedException {
    Path bodies = Files.createTempFile(folder, "bodies-", ".jsonl");
    try {
      Files.write(bodies, plan.bodies().stream().map(LoadDriver::oneLine).toList());
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
