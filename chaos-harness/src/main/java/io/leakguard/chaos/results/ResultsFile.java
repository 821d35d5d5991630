package io.leakguard.chaos.results;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.leakguard.chaos.text.IoReason;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * {@code results.json} as a tree and as records. What changes a file works on the tree, so that
 * names which this version does not know are kept.
 */
public final class ResultsFile {
  /** The version of the format that this version writes and reads. */
  public static final int SCHEMA_VERSION = 1;

  private static final int LONGEST_REASON = 160;

  private static final Gson GSON =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

  private ResultsFile() {}

  /** The file itself, or the one in the results folder of a run. */
  public static Path in(Path place) {
    return Files.isDirectory(place) ? place.resolve("results.json") : place;
  }

  /**
   * Reads a file.
   *
   * @throws ResultsException when it cannot be read or is no such file
   */
  public static JsonObject read(Path file) {
    try {
      JsonElement root = JsonParser.parseString(Files.readString(file, UTF_8));
      if (!root.isJsonObject() || !root.getAsJsonObject().has("cells")) {
        throw new ResultsException(file + ": not results of a chaos run: it has no cells");
      }
      model(root.getAsJsonObject());
      return root.getAsJsonObject();
    } catch (NoSuchFileException e) {
      throw new ResultsException(file + ": no such file; results are in results.json of a run", e);
    } catch (CharacterCodingException e) {
      throw new ResultsException(file + ": not results of a chaos run: it is not UTF-8", e);
    } catch (JsonParseException | IllegalStateException e) {
      throw new ResultsException(file + ": not results of a chaos run: " + words(e), e);
    } catch (ResultsException e) {
      throw e.getMessage().startsWith(file.toString())
          ? e
          : new ResultsException(file + ": " + e.getMessage(), e);
    } catch (IOException e) {
      throw new ResultsException(file + ": cannot be read: " + IoReason.of(e), e);
    }
  }

  /**
   * The tree as records.
   *
   * @throws ResultsException when a value has another type than the format says
   */
  public static Results model(JsonObject root) {
    Results results;
    try {
      results = GSON.fromJson(root, Results.class);
    } catch (JsonParseException | NumberFormatException e) {
      throw new ResultsException("not results of a chaos run: " + words(e), e);
    }
    if (results.schemaVersion() > SCHEMA_VERSION) {
      throw new ResultsException(
          "schemaVersion must be at most "
              + SCHEMA_VERSION
              + ", which this version reads: "
              + results.schemaVersion());
    }
    if (!results.shard().isEmpty()) {
      Shard.parse(results.shard());
    }
    for (CellResult cell : results.cells()) {
      if (cell.function().isEmpty() || cell.shape().isEmpty() || cell.verdict().isEmpty()) {
        throw new ResultsException(
            "a cell must have function, shape and verdict: cells[%d] has '%s', '%s' and '%s'"
                .formatted(
                    results.cells().indexOf(cell), cell.function(), cell.shape(), cell.verdict()));
      }
    }
    return results;
  }

  /** The tree as text, ended by a newline. */
  public static String text(JsonObject root) {
    return GSON.toJson(root) + "\n";
  }

  /** A parser's message in one line of reasonable length, without the names of its classes. */
  private static String words(RuntimeException e) {
    String message = String.valueOf(e.getMessage()).replaceAll("\\b[a-z]+(\\.\\w+)+: ", "");
    String line = message.lines().findFirst().orElse("no JSON");
    return line.length() > LONGEST_REASON ? line.substring(0, LONGEST_REASON) + "..." : line;
  }
}
