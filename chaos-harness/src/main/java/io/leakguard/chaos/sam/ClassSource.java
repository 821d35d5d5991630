package io.leakguard.chaos.sam;

import java.util.List;

/** A class folder or an archive. */
interface ClassSource {

  /** Whether it has this file, such as {@code com/acme/Orders.class}. */
  boolean holds(String classFile);

  /** The names of its classes, to suggest one; jars inside an archive are not looked into. */
  List<String> classNames();
}
