package io.leakguard.chaos.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What to start.
 *
 * @param arguments the program and its arguments, at least one
 * @param environment the whole environment of the child: nothing is inherited
 * @param directory the working directory, which must exist
 * @param streams what the child's descriptors carry
 */
public record Command(
    List<String> arguments, Map<String, String> environment, Path directory, Streams streams) {

  /** What the child's output descriptors carry. */
  public enum Streams {
    /** Standard output and standard error, each to a pipe of its own, which must be read. */
    PLAIN,
    /** Nothing: what is written is thrown away. */
    NONE,
    /**
     * Standard output and standard error to one pipe, and descriptor 3, the framed log of the
     * Lambda runtime client, to the other.
     */
    FRAMED_LOG
  }

  public Command {
    if (arguments.isEmpty()) {
      throw new IllegalArgumentException("arguments must name a program: " + arguments);
    }
    arguments = List.copyOf(arguments);
    environment = Map.copyOf(environment);
  }
}
