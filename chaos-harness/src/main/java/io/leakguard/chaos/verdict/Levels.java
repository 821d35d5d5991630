package io.leakguard.chaos.verdict;

import java.util.Collections;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * How much of each resource an idle environment holds.
 *
 * @param threads operating system threads, less those of the JVM whose number varies by itself
 * @param established TCP sockets to upstreams in state ESTABLISHED
 * @param closeWait TCP sockets to upstreams in state CLOSE_WAIT
 * @param descriptors open file descriptors
 * @param backlog tasks that wait in the common pool, by the guard's last document about them
 * @param duplicates requests with an effect that upstreams got more than once so far
 * @param rssMegabytes resident memory
 * @param heapMegabytes the heap in use right after a collection; empty where none was forced
 * @param families the threads by their names without numbers
 */
public record Levels(
    int threads,
    int established,
    int closeWait,
    int descriptors,
    int backlog,
    int duplicates,
    double rssMegabytes,
    OptionalDouble heapMegabytes,
    Map<String, Integer> families) {

  public Levels {
    families = Collections.unmodifiableMap(new TreeMap<>(families));
  }

  /** Levels of which only threads and sockets are known. */
  public static Levels of(int threads, int established, int closeWait) {
    return new Levels(
        threads, established, closeWait, 0, 0, 0, 0, OptionalDouble.empty(), Map.of());
  }
}
