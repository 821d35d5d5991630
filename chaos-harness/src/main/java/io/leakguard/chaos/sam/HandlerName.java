package io.leakguard.chaos.sam;

import java.util.Arrays;
import java.util.Optional;

/** A Java handler, {@code Class} or {@code Class::method}. */
record HandlerName(String className, Optional<String> method) {

  /** Empty where the text is neither form; a class name so read is safe as a relative path. */
  static Optional<HandlerName> parse(String handler) {
    String[] parts = handler.split("::", -1);
    boolean valid =
        parts.length <= 2 && isClassName(parts[0]) && (parts.length == 1 || isName(parts[1]));
    return valid
        ? Optional.of(
            new HandlerName(parts[0], parts.length == 1 ? Optional.empty() : Optional.of(parts[1])))
        : Optional.empty();
  }

  private static boolean isClassName(String text) {
    return Arrays.stream(text.split("\\.", -1)).allMatch(HandlerName::isName);
  }

  private static boolean isName(String text) {
    return !text.isEmpty()
        && Character.isJavaIdentifierStart(text.codePointAt(0))
        && text.codePoints()
            .allMatch(c -> Character.isJavaIdentifierPart(c) && !Character.isISOControl(c));
  }

  /** The path of the class file inside a jar or class folder. */
  String classFile() {
    return className.replace('.', '/') + ".class";
  }

  /** The same handler with another class. */
  String with(String otherClass) {
    return method.map(name -> otherClass + "::" + name).orElse(otherClass);
  }
}
