package io.leakguard.load;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** A file with one JSON event per line; blank lines are skipped. */
final class BodiesFile {
  private BodiesFile() {}

  static List<String> read(Path file) {
    List<String> bodies = lines(file).stream().filter(line -> !line.isBlank()).toList();
    if (bodies.isEmpty()) {
      throw rejected(file, "it has no event");
    }
    return bodies;
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (NoSuchFileException e) {
      throw rejected(file, "it does not exist");
    } catch (CharacterCodingException e) {
      throw rejected(file, "it is not UTF-8 text");
    } catch (IOException e) {
      throw rejected(file, "it cannot be read");
    }
  }

  private static SettingsException rejected(Path file, String why) {
    return new SettingsException(
        "bodies must be a file with one JSON event per line, but "
            + why
            + ": '"
            + file.toAbsolutePath()
            + "'");
  }
}
