package io.leakguard.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Runs simulations on command, one after the other in one JVM: Gatling takes two seconds for its
 * first run and some hundredths of one for each that follows.
 *
 * <p>Started with one argument, a folder for temporary files. Each line on standard input is a
 * {@link Command}; each is answered by one line on standard output, <code>done</code>, Gatling's
 * exit code (0, or 2 if an assertion failed) and the counts per target, or <code>error</code> and a
 * reason. Nothing else is written there. The process ends when its standard input does, also in the
 * middle of a run, so that it cannot outlive who started it.
 */
public final class Driver {
  private Driver() {}

  /**
   * Serves commands until standard input ends.
   *
   * @param args the folder for temporary files; nothing is left in it
   * @throws InterruptedException never in practice: nobody interrupts the main thread
   */
  public static void main(String[] args) throws InterruptedException {
    if (args.length != 1) {
      System.err.println("usage: Driver FOLDER, with one command per line on standard input");
      System.exit(1);
    }
    PrintStream answers = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    Locale.setDefault(Locale.ROOT);
    GatlingRun.configure();
    BlockingQueue<String> lines = linesOf(System.in);
    GatlingRun gatling = new GatlingRun(Path.of(args[0]));
    while (true) {
      answers.println(answer(gatling, lines.take()));
    }
  }

  private static String answer(GatlingRun gatling, String line) {
    try {
      int exitCode = gatling.run(Command.parse(line));
      return "done " + exitCode + " " + Tally.latest().line();
    } catch (Exception e) {
      return "error " + reason(e);
    }
  }

  /**
   * One line whatever the message holds; of the root cause, since Gatling wraps what a simulation
   * throws.
   */
  private static String reason(Exception e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String message = root.getMessage() == null ? root.getClass().getName() : root.getMessage();
    return message.replaceAll("\\s+", " ").strip();
  }

  private static BlockingQueue<String> linesOf(InputStream in) {
    BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    Thread reader = new Thread(() -> readAll(in, lines), "commands");
    reader.setDaemon(true);
    reader.start();
    return lines;
  }

  /**
   * Ends the JVM with its input; halted, because a run in progress has shutdown hooks that would
   * wait for it.
   */
  private static void readAll(InputStream in, BlockingQueue<String> lines) {
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      reader.lines().forEach(lines::add);
    } catch (IOException e) {
      System.err.println("standard input failed: " + e.getMessage());
    } finally {
      Runtime.getRuntime().halt(0);
    }
  }
}
