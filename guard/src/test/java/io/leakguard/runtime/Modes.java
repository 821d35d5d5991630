package io.leakguard.runtime;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.leakguard.LeakGuard;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.LinkedBlockingQueue;
import org.crac.Core;
import org.crac.Resource;

/** Guarded handlers that do as their event says, for the runtime client to load. */
public final class Modes {
  private Modes() {}

  /** Starts a thread that waits for work that never comes. */
  static void leak(String name) {
    LinkedBlockingQueue<Runnable> work = new LinkedBlockingQueue<>();
    Thread thread = new Thread(() -> consume(work), name);
    thread.setDaemon(true);
    thread.start();
  }

  private static void consume(LinkedBlockingQueue<Runnable> work) {
    try {
      while (true) {
        work.take().run();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Does what its event says: {@code leak}, {@code throw}, tell its {@code threads}, {@code meet}
   * as many others as there are lanes, {@code hold X} until {@code free X}, and both {@code leak}
   * and {@code free} only while a named one holds.
   */
  public static final class Commands implements RequestHandler<String, String> {
    private static final int LANES = 4;

    private final RequestHandler<String, String> guarded = LeakGuard.wrap(this::obey);
    private final Map<String, CountDownLatch> held = new ConcurrentHashMap<>();
    private final CyclicBarrier meeting = new CyclicBarrier(LANES);

    @Override
    public String handleRequest(String command, Context context) {
      return guarded.handleRequest(command, context);
    }

    private String obey(String command, Context context) {
      String[] words = command.split(" ");
      switch (words[0]) {
        case "leak" -> leak("order-writer");
        case "leak-during" -> {
          await("holding " + words[1]);
          leak("order-writer");
        }
        case "free-during" -> {
          await("holding " + words[2]);
          latch(words[1]).countDown();
        }
        case "throw" -> throw new IllegalStateException("as told");
        case "threads" -> {
          return String.join(",", threads());
        }
        case "hold" -> {
          latch("holding " + words[1]).countDown();
          await(words[1]);
        }
        case "free" -> latch(words[1]).countDown();
        case "meet" -> meet();
        default -> {}
      }
      return Thread.currentThread().getName();
    }

    private CountDownLatch latch(String name) {
      return held.computeIfAbsent(name, any -> new CountDownLatch(1));
    }

    private void await(String name) {
      try {
        latch(name).await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    private void meet() {
      try {
        meeting.await();
      } catch (InterruptedException | BrokenBarrierException e) {
        throw new IllegalStateException(e);
      }
    }

    private static Set<String> threads() {
      Set<String> names = new TreeSet<>();
      Thread.getAllStackTraces().keySet().forEach(thread -> names.add(thread.getName()));
      return names;
    }
  }

  /** Starts threads in its constructor and in both hooks, and is invoked before the snapshot. */
  public static final class Snapshot implements RequestHandler<String, String>, Resource {
    private final Commands commands = new Commands();

    public Snapshot() {
      leak("of-the-constructor");
      Core.getGlobalContext().register(this);
    }

    @Override
    public void beforeCheckpoint(org.crac.Context<? extends Resource> context) {
      commands.handleRequest("warm up", null);
      leak("of-the-checkpoint");
    }

    @Override
    public void afterRestore(org.crac.Context<? extends Resource> context) {
      leak("of-the-restore");
    }

    @Override
    public String handleRequest(String command, Context context) {
      return commands.handleRequest(command, context);
    }
  }

  /** Leaks threads that are no daemons, and runs out of memory when told. */
  public static final class Zombie implements RequestHandler<String, String> {
    static final String LOOP_HAS_ENDED = "the loop has ended";

    private final RequestHandler<String, String> guarded = LeakGuard.wrap(this::obey);

    @Override
    public String handleRequest(String command, Context context) {
      return guarded.handleRequest(command, context);
    }

    private String obey(String command, Context context) {
      if (command.equals("leak")) {
        Thread loop = Thread.currentThread();
        new Thread(() -> outlive(loop), "order-writer").start();
      } else if (command.equals("exhaust")) {
        throw new OutOfMemoryError("unable to create native thread");
      }
      return command;
    }

    private static void outlive(Thread loop) {
      try {
        loop.join();
        System.out.println(LOOP_HAS_ENDED);
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
