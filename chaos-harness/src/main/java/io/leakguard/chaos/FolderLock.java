package io.leakguard.chaos;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/**
 * Keeps a second run out of a results folder. The operating system holds the lock, so that a run
 * which was killed leaves none.
 */
final class FolderLock implements AutoCloseable {
  private static final String NAME = ".chaos-lock";

  private final Path file;
  private final FileChannel channel;

  private FolderLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Takes the lock.
   *
   * @return empty when another run has it
   * @throws IOException when no file can be made in the folder
   */
  static Optional<FolderLock> take(Path folder) throws IOException {
    Path file = folder.resolve(NAME);
    while (true) {
      Object before = key(file);
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!isLocked(channel)) {
        channel.close();
        return Optional.empty();
      }
      // The run before takes its file away, perhaps after this one has opened it. It is not opened
      // again to find out: closing any descriptor of a file gives up the locks on it.
      if (before != null && before.equals(key(file))) {
        return Optional.of(new FolderLock(file, channel));
      }
      channel.close();
    }
  }

  /** Which file it is; null when there is none. */
  private static Object key(Path file) throws IOException {
    try {
      return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  private static boolean isLocked(FileChannel channel) {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    } catch (IOException e) {
      // Some network folders have no locks: a run there is not kept from another one.
      return true;
    }
  }

  @Override
  public void close() throws IOException {
    try (channel) {
      Files.deleteIfExists(file);
    }
  }
}
