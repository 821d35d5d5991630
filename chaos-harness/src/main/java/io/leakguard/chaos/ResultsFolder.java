package io.leakguard.chaos;

import io.leakguard.chaos.text.IoReason;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/**
 * Where the results of one run go, and of no other at the same time.
 *
 * @param folder exists and can be written to
 * @param latest the link to be pointed at it, if the folder was not named by the user
 * @param lock on the folder, if the user has named it: another run may be given the same
 */
record ResultsFolder(Path folder, Optional<Path> latest, Optional<FolderLock> lock)
    implements AutoCloseable {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss", Locale.ROOT);

  /**
   * Makes the folder before the run, so that minutes of work are not lost for want of it.
   *
   * @throws UserError when it cannot be made or written to
   */
  static ResultsFolder create(Optional<Path> named) {
    return named.map(ResultsFolder::named).orElseGet(ResultsFolder::fresh);
  }

  private static ResultsFolder named(Path folder) {
    Optional<FolderLock> lock;
    try {
      Files.createDirectories(folder);
      lock = FolderLock.take(folder);
    } catch (IOException e) {
      throw notWritable(folder, e);
    }
    if (lock.isEmpty()) {
      throw new UserError(
          "another run writes its results to " + folder + "\nname another folder with --out DIR");
    }
    return new ResultsFolder(folder, Optional.empty(), lock);
  }

  private static ResultsFolder fresh() {
    Path base = Path.of("chaos-results");
    String time = TIME.format(LocalDateTime.now(ZoneId.systemDefault()));
    try {
      Files.createDirectories(base);
      return new ResultsFolder(
          unused(base.resolve(time)), Optional.of(base.resolve("latest")), Optional.empty());
    } catch (IOException e) {
      throw notWritable(base, e);
    }
  }

  private static UserError notWritable(Path folder, IOException e) {
    return new UserError(
        "the results folder must be one that can be written to: "
            + folder
            + " ("
            + IoReason.of(e)
            + ")\nname another with --out DIR",
        e);
  }

  /** Two runs may begin in the same second: a folder is one's who has made it. */
  private static Path unused(Path folder) throws IOException {
    Path candidate = folder;
    for (int i = 2; ; i++) {
      try {
        return Files.createDirectory(candidate);
      } catch (FileAlreadyExistsException e) {
        candidate = folder.resolveSibling(folder.getFileName() + "-" + i);
      }
    }
  }

  /** Lets others use the folder, and takes it away again when nothing was written to it. */
  @Override
  public void close() throws IOException {
    try {
      if (lock.isPresent()) {
        lock.get().close();
      }
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
              + IoReason.of(e)
              + ")\nthe results are in "
              + folder,
          e);
    }
  }
}
