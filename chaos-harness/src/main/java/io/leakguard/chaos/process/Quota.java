package io.leakguard.chaos.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Holds a program and what it starts to so many threads or descriptors, as Lambda holds an
 * environment to 1,024 of each.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html">Lambda
 *     quotas</a>
 */
public final class Quota {
  private static final String PREFIX = "leakguard-";
  private static final long LONGEST_PROBE_SECONDS = 5;

  /** The kernel counts threads by user: only in a namespace of its own are they the program's. */
  private static final List<String> NAMESPACE =
      List.of(
          "unshare",
          "-U",
          "/bin/sh",
          "-c",
          "prlimit --pid=$$ --nproc=$1:$1 && shift && exec \"$@\"");

  /** The kernel holds no root to a limit of the user, but does hold it to one of a group. */
  private static final List<String> GROUP =
      List.of(
          "/bin/sh",
          "-c",
          "g=$2/"
              + PREFIX
              + "$$; mkdir \"$g\" && echo \"$1\" >\"$g/pids.max\""
              + " && echo $$ >\"$g/cgroup.procs\" && shift 2 && exec \"$@\"");

  /** Version 1 of control groups has a tree for each controller, version 2 has one tree. */
  private static final List<Path> TREES =
      List.of(Path.of("/sys/fs/cgroup/pids"), Path.of("/sys/fs/cgroup"));

  private Quota() {}

  /** What to put before a command so that it gets at most so many descriptors. */
  public static List<String> descriptors(int limit) {
    String script = "ulimit -n \"$1\" && shift && exec \"$@\"";
    return List.of("/bin/sh", "-c", script, "quota", Integer.toString(limit));
  }

  /**
   * What to put before a command so that it gets at most so many threads.
   *
   * @return empty where this machine has no way to do it, which was tried
   */
  public static Optional<List<String>> threads(int limit) {
    return Way.FOUND.map(way -> way.prefix(limit));
  }

  /** Removes the control groups whose programs have ended. */
  public static void sweep() {
    for (Path tree : TREES) {
      // Null where there is no such tree.
      File[] groups = tree.toFile().listFiles((folder, name) -> name.startsWith(PREFIX));
      for (File group : groups == null ? new File[0] : groups) {
        // One that is in use, by this run or another, is kept by the kernel.
        var unused = group.delete();
      }
    }
  }

  /** One way to hold a program to a number of threads. */
  private record Way(List<String> program, List<String> more) {
    /** Looked for when it is first asked for, once. */
    private static final Optional<Way> FOUND = find();

    private static Optional<Way> find() {
      List<Way> ways = new ArrayList<>();
      ways.add(new Way(NAMESPACE, List.of()));
      TREES.forEach(tree -> ways.add(new Way(GROUP, List.of(tree.toString()))));
      Optional<Way> found = ways.stream().filter(Way::holds).findFirst();
      sweep();
      return found;
    }

    List<String> prefix(int limit) {
      List<String> words = new ArrayList<>(program);
      words.add("quota");
      words.add(Integer.toString(limit));
      words.addAll(more);
      return List.copyOf(words);
    }

    /** Whether a program that may have three threads starts, and fails to start many more. */
    private boolean holds() {
      return runs(3, "exit 0") && !runs(3, "for i in 1 2 3 4 5 6; do /bin/sleep 0.1 & done; wait");
    }

    private boolean runs(int limit, String script) {
      List<String> command = new ArrayList<>(prefix(limit));
      command.addAll(List.of("/bin/sh", "-c", script));
      try {
        Process process =
            new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        boolean ended = process.waitFor(LONGEST_PROBE_SECONDS, TimeUnit.SECONDS);
        process.destroyForcibly();
        return ended && process.exitValue() == 0;
      } catch (IOException e) {
        return false;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
  }
}
