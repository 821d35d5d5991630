package io.leakguard;

import io.leakguard.diagnosis.ThreadFacts;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;

/** Virtual threads and a worker that do as they are told. */
final class FakeVirtualSource implements VirtualSource, Executor {
  final List<Virtual> living = new ArrayList<>();
  private final Deque<Runnable> waiting = new ArrayDeque<>();
  Runnable during = () -> {};
  Exception failure;
  boolean complete = true;
  int prepared;
  int looks;

  /** Starts a virtual thread now. */
  Virtual startThread(String name) {
    ThreadFacts facts = new ThreadFacts(name, "", Thread.State.WAITING, List.of());
    Virtual virtual = new Virtual(VirtualWatermarks.nextId(), 0, facts, "");
    living.add(virtual);
    return virtual;
  }

  @Override
  public void prepare() {
    prepared++;
  }

  @Override
  public VirtualListing look() throws Exception {
    looks++;
    during.run();
    if (failure != null) {
      throw failure;
    }
    return new VirtualListing(List.copyOf(living), complete);
  }

  @Override
  public void execute(Runnable work) {
    waiting.add(work);
  }

  /** Does what waits for the worker; returns how much that was. */
  int work() {
    int done = 0;
    for (Runnable work = waiting.poll(); work != null; work = waiting.poll()) {
      work.run();
      done++;
    }
    return done;
  }
}
