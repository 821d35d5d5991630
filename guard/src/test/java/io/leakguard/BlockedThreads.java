package io.leakguard;

import java.util.ArrayList;
import java.util.List;

/** Several threads that stay until all are released. */
final class BlockedThreads implements AutoCloseable {
  private final List<BlockedThread> threads = new ArrayList<>();

  synchronized BlockedThread start(String name) {
    BlockedThread thread = BlockedThread.start(name);
    threads.add(thread);
    return thread;
  }

  @Override
  public synchronized void close() {
    threads.forEach(BlockedThread::release);
  }
}
