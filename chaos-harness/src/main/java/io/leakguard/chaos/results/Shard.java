package io.leakguard.chaos.results;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of the matrix, the same on every machine: the cells, sorted by shape and then by function,
 * are dealt out in turn. Functions of one shape take about as long, so parts do too.
 *
 * @param part which part, from 1
 * @param of how many parts there are
 */
public record Shard(int part, int of) {
  /** The whole matrix. */
  public static final Shard WHOLE = new Shard(1, 1);

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
    List<Place> all = new ArrayList<>();
    for (String shape : new TreeSet<>(shapes)) {
      for (String function : new TreeSet<>(functions)) {
        all.add(new Place(function, shape));
      }
    }
    Set<Place> mine = new HashSet<>();
    for (int i = part - 1; i < all.size(); i += of) {
      mine.add(all.get(i));
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
