package io.leakguard.chaos.load;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * One line that the driver wrote: <code>done</code> with exit code and counts, or <code>error
 * </code> and a reason.
 */
final class Answer {
  private static final Pattern DONE =
      Pattern.compile("done 0 ok=([\\d,]+) failed=([\\d,]+) timedOut=([\\d,]+)");
  private static final String ERROR = "error ";

  private Answer() {}

  /**
   * Reads an answer to a plan with so many targets. An exit code other than 0 is none, because a
   * plan sets no limit that a run could break.
   */
  static LoadResult parse(String line, int targets) throws LoadException {
    if (line.startsWith(ERROR)) {
      throw new LoadException("the load could not be sent: " + line.substring(ERROR.length()));
    }
    Matcher done = DONE.matcher(line);
    if (done.matches()) {
      long[][] counts =
          IntStream.rangeClosed(1, 3).mapToObj(i -> numbers(done.group(i))).toArray(long[][]::new);
      if (Arrays.stream(counts).allMatch(numbers -> numbers.length == targets)) {
        return result(counts);
      }
    }
    throw new LoadException("the load driver gave an unknown answer: '" + line + "'");
  }

  private static long[] numbers(String text) {
    return Pattern.compile(",").splitAsStream(text).mapToLong(Long::parseLong).toArray();
  }

  private static LoadResult result(long[][] counts) {
    return new LoadResult(
        IntStream.range(0, counts[0].length)
            .mapToObj(i -> new LoadResult.Counts(counts[0][i], counts[1][i], counts[2][i]))
            .toList());
  }
}
