package io.leakguard.chaos;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/**
 * Where the results of one run go.
 *
 * @param folder exists and can be written to
 * @param latest the link to be pointed at it, if the folder was not named by the user
 */
record ResultsFolder(Path folder, Optional<Path> latest) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss", Locale.ROOT);

  /**
   * Makes the folder before the run, so that minutes of work are not lost for want of it.
   *
   * @throws UserError when it cannot be made or written to
   */
  static ResultsFolder create(Optional<Path> named) {
    Path base = Path.of("chaos-results");
    Path folder =
        named.orElseGet(
            () -> unused(base.resolve(TIME.format(LocalDateTime.now(ZoneId.systemDefault())))));
    try {
      Files.createDirectories(folder);
      Files.delete(Files.createTempFile(folder, "writable", ""));
    } catch (IOException e) {
      throw new UserError(
          "the results folder must be one that can be written to: "
              + folder
              + " ("
              + e.getClass().getSimpleName()
              + ")\nname another with --out DIR",
          e);
    }
    return new ResultsFolder(
        folder, named.isPresent() ? Optional.empty() : Optional.of(base.resolve("latest")));
  }

  /** Two runs may begin in the same second. */
  private static Path unused(Path folder) {
    Path candidate = folder;
    for (int i = 2; Files.exists(candidate); i++) {
      candidate = folder.resolveSibling(folder.getFileName() + "-" + i);
    }
    return candidate;
  }

  /** Takes the folder away again when nothing was written to it. */
  void removeIfEmpty() throws IOException {
    try {
      Files.deleteIfExists(folder);
    } catch (DirectoryNotEmptyException e) {
      // Results are in it, or it was the user's before.
      return;
    }
  }

  /**
   * Points {@code latest} at the folder.
   *
   * @throws UserError when the link cannot be made
   */
  void pointLatest() {
    if (latest.isEmpty()) {
      return;
    }
    Path fresh = latest.get().resolveSibling("latest-" + ProcessHandle.current().pid());
    try {
      Files.deleteIfExists(fresh);
      Files.createSymbolicLink(fresh, folder.getFileName());
      Files.move(
          fresh, latest.get(), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UserError(
          "the link to the results could not be made: "
              + latest.get()
              + " ("
              + e.getMessage()
              + ")\nthe results are in "
              + folder,
          e);
    }
  }
}
