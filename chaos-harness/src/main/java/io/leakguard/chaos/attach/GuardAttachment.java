package io.leakguard.chaos.attach;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;

/**
 * Guards a function in the copy of its code that a run has made, where the function does not guard
 * itself: {@code GuardedHandler} becomes its handler, and the handler a variable. Immutable.
 */
public final class GuardAttachment {
  /** The handler of a function that is guarded from outside. */
  public static final String HANDLER = "io.leakguard.GuardedHandler::handleRequest";

  /** The variable that then names the function's own handler. */
  public static final String VARIABLE = "LEAKGUARD_HANDLER";

  private static final String GUARD = "io/leakguard/LeakGuard";
  private static final String GUARDED_HANDLER = "io/leakguard/GuardedHandler";

  /**
   * A handler often leaves the wrapping to a base class or a factory, rarely to one further off.
   */
  private static final int STEPS = 2;

  private static final int MOST_OF_A_SCRIPT = 64 * 1024;

  private final Path guard;

  /**
   * Attaches this guard.
   *
   * @param guard one jar with all that it needs, under names that no function has
   */
  public GuardAttachment(Path guard) {
    this.guard = guard;
  }

  /** How a function comes to be guarded. */
  public enum Way {
    /** By its own code: nothing is to be done. */
    OWN,
    /** By the program of a layer that starts its JVM: nothing is to be done. */
    LAYER,
    /** By the guard that lies in its code, but that this handler does not use. */
    OWN_LIBRARY,
    /** By a jar that is to be added. */
    ADDED
  }

  /**
   * Finds how a function is to be guarded.
   *
   * @param taskRoot its code in the layout of the managed runtime
   * @param handler as its template names it
   * @param execWrapper what starts its JVM, if anything does
   * @throws IOException when the code cannot be read
   */
  public Way wayOf(Path taskRoot, String handler, Optional<Path> execWrapper) throws IOException {
    TaskCode code = new TaskCode(taskRoot);
    String handlerClass = handler.split("::", 2)[0].replace('.', '/');
    if (handlerClass.equals(GUARDED_HANDLER) || wraps(code, handlerClass)) {
      return Way.OWN;
    }
    boolean hasGuard = code.has(GUARDED_HANDLER);
    if (hasGuard && execWrapper.isPresent() && attaches(execWrapper.get())) {
      return Way.LAYER;
    }
    return hasGuard ? Way.OWN_LIBRARY : Way.ADDED;
  }

  /** Whether a program knows the guard's handler: by its text, which is not run for that. */
  private static boolean attaches(Path program) throws IOException {
    try (InputStream in = Files.newInputStream(program)) {
      String text = new String(in.readNBytes(MOST_OF_A_SCRIPT), StandardCharsets.ISO_8859_1);
      return text.contains(GUARDED_HANDLER.replace('/', '.'));
    }
  }

  /** Whether the handler's class, or one that it leads to in few steps, mentions the guard. */
  private static boolean wraps(TaskCode code, String handlerClass) throws IOException {
    Set<String> seen = new HashSet<>(Set.of(handlerClass));
    Queue<String> now = new ArrayDeque<>(Set.of(handlerClass));
    for (int step = 0; step <= STEPS; step++) {
      Queue<String> next = new ArrayDeque<>();
      for (String name : now) {
        Set<String> mentioned = code.references(name).orElse(Set.of());
        if (mentioned.contains(GUARD)) {
          return true;
        }
        mentioned.stream()
            .filter(other -> isOfSameProject(other, handlerClass) && seen.add(other))
            .forEach(next::add);
      }
      now = next;
    }
    return false;
  }

  /** Libraries do not wrap handlers, and are many: only what shares two names of the package. */
  private static boolean isOfSameProject(String name, String handlerClass) {
    return !name.startsWith("[") && prefix(name).equals(prefix(handlerClass));
  }

  private static String prefix(String className) {
    int first = className.indexOf('/');
    int second = className.indexOf('/', first + 1);
    return second > 0 ? className.substring(0, second) : className.substring(0, first + 1);
  }

  /**
   * Adds the guard's jar.
   *
   * @param taskRoot the copy of a function's code, without a guard
   * @throws IOException when it cannot be written to
   */
  public void addTo(Path taskRoot) throws IOException {
    Path lib = Files.createDirectories(taskRoot.resolve("lib"));
    Files.copy(guard, lib.resolve("leakguard-attached.jar"));
  }
}
