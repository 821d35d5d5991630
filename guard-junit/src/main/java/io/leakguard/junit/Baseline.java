package io.leakguard.junit;

import io.leakguard.LeakReport;
import io.leakguard.LeakedGroup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Known leaks by fingerprint, each until a day: so a leaky code base can adopt the check.
 *
 * <p>A line is {@code FINGERPRINT expires=YYYY-MM-DD # reason}; blank lines and those that begin
 * with {@code #} say nothing. One object per file and JVM; thread-safe.
 */
final class Baseline {
  private static final String DEFAULT = "leakguard-baseline.txt";
  private static final String FORM = "a line must be FINGERPRINT expires=YYYY-MM-DD # reason";

  /** How long a leak may stay that was written down and not looked at. */
  private static final int DAYS_WRITTEN = 90;

  private static final Map<Path, Baseline> OPEN = new ConcurrentHashMap<>();

  /** A line of the file. */
  private record Known(LocalDate expires, int line) {}

  private final Path file;
  private final LocalDate today;
  private final boolean writes;
  private final Map<String, Known> known = new HashMap<>();

  private Baseline(Path file, LocalDate today, boolean writes) {
    this.file = file;
    this.today = today;
    this.writes = writes;
  }

  /**
   * Returns the baseline of a file, read once.
   *
   * @param file empty for the default one, which need not exist
   * @param writes whether what is found is appended and accepted
   */
  static Baseline at(String file, boolean writes) {
    Path path = Path.of(file.isEmpty() ? DEFAULT : file).toAbsolutePath().normalize();
    return OPEN.computeIfAbsent(
        path, p -> read(p, LocalDate.now(ZoneOffset.UTC), writes, !file.isEmpty() && !writes));
  }

  /**
   * Reads a file.
   *
   * @param required whether a file that does not exist is an error
   * @throws IllegalArgumentException if a line is malformed; the message begins with file:line
   */
  static Baseline read(Path file, LocalDate today, boolean writes, boolean required) {
    Baseline baseline = new Baseline(file, today, writes);
    if (!Files.exists(file)) {
      if (required) {
        throw new IllegalArgumentException(file + ": there is no such baseline file");
      }
      return baseline;
    }
    try {
      List<String> lines = Files.readAllLines(file);
      for (int i = 0; i < lines.size(); i++) {
        baseline.add(lines.get(i).strip(), i + 1);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": cannot be read", e);
    }
    return baseline;
  }

  private void add(String line, int number) {
    if (line.isEmpty() || line.startsWith("#")) {
      return;
    }
    int hash = line.indexOf('#');
    String[] words = (hash < 0 ? line : line.substring(0, hash)).strip().split("\\s+");
    if (words.length != 2
        || !words[0].matches("\\p{XDigit}{12}")
        || !words[1].startsWith("expires=")) {
      throw new IllegalArgumentException(where(number) + FORM + ": " + line);
    }
    try {
      LocalDate expires = LocalDate.parse(words[1].substring("expires=".length()));
      known.merge(words[0], new Known(expires, number), Baseline::later);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(where(number) + FORM + ": " + line, e);
    }
  }

  private static Known later(Known one, Known other) {
    return one.expires.isAfter(other.expires) ? one : other;
  }

  private String where(int line) {
    return file + ":" + line + ": ";
  }

  /** Returns a report without the known leaks; where it writes, all are known from now on. */
  synchronized LeakReport without(LeakReport report) {
    if (writes) {
      append(report.groups());
      append(report.unattributed());
    }
    return new LeakReport(
        report.scope(),
        unknown(report.groups()),
        unknown(report.unattributed()),
        expired(report.groups()));
  }

  private List<LeakedGroup> unknown(List<LeakedGroup> groups) {
    return groups.stream().filter(group -> !isAccepted(group.fingerprint())).toList();
  }

  private boolean isAccepted(String fingerprint) {
    Known line = known.get(fingerprint);
    return line != null && !line.expires.isBefore(today);
  }

  /** Returns what to say about lines that would accept one of these leaks but have expired. */
  private List<String> expired(List<LeakedGroup> groups) {
    List<String> expired = new ArrayList<>();
    for (LeakedGroup group : groups) {
      Known line = known.get(group.fingerprint());
      if (line != null && line.expires.isBefore(today)) {
        expired.add(where(line.line) + group.fingerprint() + " expired on " + line.expires);
      }
    }
    return expired;
  }

  private void append(List<LeakedGroup> groups) {
    StringBuilder lines = new StringBuilder();
    LocalDate expires = today.plusDays(DAYS_WRITTEN);
    for (LeakedGroup group : groups) {
      if (!isAccepted(group.fingerprint())) {
        known.put(group.fingerprint(), new Known(expires, 0));
        String where =
            group.createdBy().isEmpty() ? "" : ", created by " + group.createdBy().get(0);
        lines.append(group.fingerprint() + " expires=" + expires);
        lines.append(" # " + group.family() + where + "\n");
      }
    }
    if (lines.length() > 0) {
      try {
        String end = Files.exists(file) && !Files.readString(file).endsWith("\n") ? "\n" : "";
        Files.writeString(file, end + lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      } catch (IOException e) {
        throw new UncheckedIOException(file + ": cannot be written", e);
      }
    }
  }
}
