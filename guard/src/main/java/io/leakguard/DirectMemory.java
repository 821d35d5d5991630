package io.leakguard;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;

/**
 * The memory of direct buffers.
 *
 * <p>A class of its own, since it loads {@code java.lang.management} (22 to 43 ms the first time):
 * nothing may touch it before there is a reason.
 */
final class DirectMemory {
  private static final BufferPoolMXBean POOL = pool();

  private DirectMemory() {}

  private static BufferPoolMXBean pool() {
    for (BufferPoolMXBean pool : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
      if (pool.getName().equals("direct")) {
        return pool;
      }
    }
    return null;
  }

  /** Returns the MiB that direct buffers hold; -1 where the JVM does not tell. */
  static int mib() {
    return POOL == null ? -1 : (int) Math.min(POOL.getMemoryUsed() >> 20, Integer.MAX_VALUE);
  }
}
