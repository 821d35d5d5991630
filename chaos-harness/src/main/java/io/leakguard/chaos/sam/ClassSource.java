package io.leakguard.chaos.sam;

import java.util.List;
import java.util.Optional;

/** A class folder or an archive. */
interface ClassSource {
  /** Larger than any class that people write. */
  int MAX_CLASS_BYTES = 4 * 1024 * 1024;

  /** Whether it has this file, such as {@code com/acme/Orders.class}. */
  boolean holds(String classFile);

  /** The content of this file, if it is a class file that is there and of a usual size. */
  Optional<byte[]> read(String classFile);

  /** The names of its classes, to suggest one; jars inside an archive are not looked into. */
  List<String> classNames();
}
