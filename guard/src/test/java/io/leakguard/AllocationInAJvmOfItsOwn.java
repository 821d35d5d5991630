package io.leakguard;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/**
 * Prints how many bytes a clean invocation allocates beside those that the JDK needs to enumerate
 * the threads. Other tests leave threads, virtual ones among them, and each costs some.
 */
final class AllocationInAJvmOfItsOwn {
  private static final int INVOCATIONS = 10_000;

  private AllocationInAJvmOfItsOwn() {}

  public static void main(String[] args) {
    LeakMonitor monitor = new LeakMonitor();
    FakeHost host = new FakeHost();
    Settings settings = Settings.defaults();
    Runnable invocation =
        () -> monitor.end(monitor.begin(null, settings, host), null, settings, host);
    Thread[] some = new Thread[1_000];
    ThreadGroup root = Thread.currentThread().getThreadGroup().getParent();
    Runnable enumeration = () -> root.enumerate(some);

    bytesOf(invocation);
    bytesOf(enumeration);
    long enumerated = bytesOf(enumeration);
    System.out.println((bytesOf(invocation) - enumerated) / INVOCATIONS);
  }

  private static long bytesOf(Runnable work) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long self = Thread.currentThread().getId();
    long start = threads.getThreadAllocatedBytes(self);
    for (int i = 0; i < INVOCATIONS; i++) {
      work.run();
    }
    return threads.getThreadAllocatedBytes(self) - start;
  }
}
