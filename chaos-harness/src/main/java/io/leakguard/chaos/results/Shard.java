package io.leakguard.chaos.results;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of the matrix, the same on every machine: groups of cells, sorted by shape and then by
 * function, are dealt out in turn. A group is functions of one shape, which are played side by side
 * and so take hardly longer than one; where there are too few groups for all parts they are
 * smaller.
 *
 * @param part which part, from 1
 * @param of how many parts there are
 */
public record Shard(int part, int of) {
  /** The whole matrix. */
  public static final Shard WHOLE = new Shard(1, 1);

  /** As many as a machine with two cores plays at a time. */
  private static final int LARGEST_GROUP = 4;

  private static final Pattern FORM = Pattern.compile("(\\d{1,4})/(\\d{1,4})");

  /** A cell of the matrix. */
  public record Place(String function, String shape) {}

  /**
   * Reads {@code part/of}.
   *
   * @throws ResultsException when it is not of that form, or no such part
   */
  public static Shard parse(String text) {
    Matcher form = FORM.matcher(text);
    if (form.matches()) {
      Shard shard = new Shard(Integer.parseInt(form.group(1)), Integer.parseInt(form.group(2)));
      if (shard.part >= 1 && shard.part <= shard.of) {
        return shard;
      }
    }
    throw new ResultsException("a shard must be PART/OF with 1 <= PART <= OF, as in 2/8: " + text);
  }

  /** The cells that this part has. */
  public Set<Place> places(Collection<String> functions, Collection<String> shapes) {
    List<String> sorted = List.copyOf(new TreeSet<>(functions));
    Set<String> ofShape = new TreeSet<>(shapes);
    int inEach = (sorted.size() + LARGEST_GROUP - 1) / LARGEST_GROUP;
    while (inEach * ofShape.size() < of && inEach < sorted.size()) {
      inEach++;
    }
    Set<Place> mine = new HashSet<>();
    int group = 0;
    for (String shape : ofShape) {
      for (int i = 0; i < inEach; i++, group++) {
        if (group % of == part - 1) {
          // As even as can be: seven functions are four and three.
          int from = i * sorted.size() / inEach;
          int to = (i + 1) * sorted.size() / inEach;
          sorted.subList(from, to).forEach(function -> mine.add(new Place(function, shape)));
        }
      }
    }
    return mine;
  }

  /** Whether this is the only part. */
  public boolean isWhole() {
    return of == 1;
  }

  @Override
  public String toString() {
    return part + "/" + of;
  }
}
