package io.leakguard.gauntlet;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Runs trials, a few JVMs at once. */
final class Suite {
  private static final int AGAIN = 2;

  private final ChildJvm children;
  private final int parallel;

  Suite(ChildJvm children, int parallel) {
    this.children = children;
    this.parallel = parallel;
  }

  /**
   * Runs all trials; what is wrong is run again, alone and twice at most: whether a look came in
   * time within five quick invocations must not hang on the neighbours.
   *
   * @param progress told of each result as it comes, in the order of the trials
   */
  List<Result> run(List<Trial> trials, Consumer<Result> progress) throws InterruptedException {
    ExecutorService pool = Executors.newFixedThreadPool(parallel);
    try {
      List<Future<Result>> running = new ArrayList<>();
      for (Trial trial : trials) {
        running.add(pool.submit(() -> Result.of(trial, children.run(trial))));
      }
      List<Result> results = new ArrayList<>();
      for (Future<Result> result : running) {
        results.add(result.get());
        progress.accept(results.get(results.size() - 1));
      }
      for (int i = 0; i < results.size(); i++) {
        for (int again = 0; again < AGAIN && results.get(i).judgement().isWrong(); again++) {
          Trial trial = results.get(i).trial();
          results.set(i, Result.of(trial, children.run(trial)));
          progress.accept(results.get(i));
        }
      }
      return results;
    } catch (ExecutionException e) {
      throw new IllegalStateException("a trial could not be run", e.getCause());
    } finally {
      pool.shutdownNow();
    }
  }
}
