package io.leakguard.chaos.lambda.handlers;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Map;
import java.util.TreeMap;

/** What the children of the tests run. */
public final class Handlers {
  private static int invocations;

  public void echo(InputStream in, OutputStream out) throws IOException {
    in.transferTo(out);
  }

  public int count() {
    return ++invocations;
  }

  public String fail() {
    throw new IllegalStateException("no stock left");
  }

  public String failDeeply() {
    return descend(200);
  }

  private static String descend(int depth) {
    if (depth > 0) {
      return descend(depth - 1);
    }
    throw new IllegalStateException("deep");
  }

  public long sleep(Map<String, Object> event, Context context) throws InterruptedException {
    Thread.sleep(((Number) event.get("millis")).longValue());
    return context.getRemainingTimeInMillis();
  }

  /** Uses so much time of a processor, however long that takes. */
  public String work(Map<String, Object> event) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long end =
        threads.getCurrentThreadCpuTime() + ((Number) event.get("millis")).longValue() * 1_000_000;
    while (threads.getCurrentThreadCpuTime() < end) {
      Thread.onSpinWait();
    }
    return "done";
  }

  public String exit() {
    System.out.println("about to exit");
    Runtime.getRuntime().halt(3);
    return "never";
  }

  public String big(Map<String, Object> event) {
    return "x".repeat(((Number) event.get("bytes")).intValue());
  }

  public Map<String, String> environment() {
    return new TreeMap<>(System.getenv());
  }

  public Map<String, Object> machine(Map<String, Object> event, Context context) {
    return Map.of(
        "processors", Runtime.getRuntime().availableProcessors(),
        "heap", Runtime.getRuntime().maxMemory(),
        "home", System.getProperty("user.home"),
        "temporary", System.getProperty("java.io.tmpdir"),
        "loader", Handlers.class.getClassLoader().getClass().getSimpleName(),
        "function", context.getFunctionName(),
        "version", context.getFunctionVersion(),
        "arn", context.getInvokedFunctionArn(),
        "trace", System.getProperty("com.amazonaws.xray.traceHeader", ""),
        "custom", context.getClientContext() == null ? "" : context.getClientContext().getCustom());
  }

  public String log(Map<String, Object> event, Context context) {
    System.out.println("out: first");
    System.err.println("err: second");
    context.getLogger().log("framed: third\nand its second line\n");
    System.out.println("out: last");
    return "logged";
  }

  public String flood(Map<String, Object> event) throws IOException {
    byte[] line = ("y".repeat(1023) + "\n").getBytes(UTF_8);
    for (int i = 0; i < 1024 * ((Number) event.get("megabytes")).intValue(); i++) {
      System.out.write(line);
    }
    System.out.println("the end");
    return "flooded";
  }

  public String zombie() {
    new Thread(Handlers::sleepOn).start();
    throw new OutOfMemoryError("unable to create native thread");
  }

  private static void sleepOn() {
    try {
      Thread.sleep(600_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
