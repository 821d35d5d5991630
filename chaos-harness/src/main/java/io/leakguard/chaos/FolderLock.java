package io.leakguard.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!isLocked(channel)) {
        channel.close();
        return Optional.empty();
      }
      if (isAt(file, channel)) {
        return Optional.of(new FolderLock(file, channel));
      }
      channel.close();
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

  /** The run before takes its file away, perhaps after this one has opened it. */
  private static boolean isAt(Path file, FileChannel channel) throws IOException {
    String mark = ProcessHandle.current().pid() + "-" + System.nanoTime();
    channel.truncate(0).write(ByteBuffer.wrap(mark.getBytes(UTF_8)));
    try {
      return Files.readString(file).equals(mark);
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    try (channel) {
      Files.deleteIfExists(file);
    }
  }
}
