package io.leakguard.chaos.fleet;

import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * One fingerprint that is confirmed to grow somewhere.
 *
 * @param count its confirmed reports in the window
 * @param before those in the window before
 * @param growth per hour against the window before; infinite when there was none
 * @param most the most threads, or things of another kind, that one environment told of
 * @param functions where, the most reports first
 * @param firstSeen in both windows, also when it was only a suspect
 * @param deploy what brought it
 */
public record Leak(
    String fingerprint,
    String kind,
    String family,
    String meaning,
    String startedBy,
    long count,
    long before,
    double growth,
    double most,
    List<Place> functions,
    Instant firstSeen,
    Instant lastSeen,
    Deploy deploy) {
  private static final int MOST_OWNERS = 10;

  /**
   * A function that has it.
   *
   * @param versions that told of it in the window
   * @param owner empty where no tag says it
   */
  public record Place(String function, List<String> versions, long count, String owner) {
    private Place ownedBy(String owner) {
      return new Place(function, versions, count, owner);
    }
  }

  /**
   * The deploy after which it was first seen.
   *
   * @param build what was deployed
   * @param previous what the function ran before without it; null where nothing older was seen, so
   *     that the leak may be older too
   */
  public record Deploy(String function, Build build, Build previous) {}

  /**
   * The same leak with the owners of its first functions.
   *
   * @param owners function to owner; asked for few, since each may be a request
   */
  Leak owned(UnaryOperator<String> owners) {
    List<Place> owned =
        IntStream.range(0, functions.size())
            .mapToObj(
                i ->
                    i < MOST_OWNERS
                        ? functions.get(i).ownedBy(owners.apply(functions.get(i).function()))
                        : functions.get(i))
            .toList();
    return new Leak(
        fingerprint,
        kind,
        family,
        meaning,
        startedBy,
        count,
        before,
        growth,
        most,
        owned,
        firstSeen,
        lastSeen,
        deploy);
  }

  Change change() {
    return Change.of(growth);
  }
}
