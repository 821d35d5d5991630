package io.leakguard.junit;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Finds what is said about a test, the innermost first: none replaces another. */
final class Annotations {
  private Annotations() {}

  static List<LeakFree> of(ExtensionContext context) {
    List<LeakFree> found = new ArrayList<>();
    context.getTestMethod().ifPresent(method -> add(method, found));
    Class<?> type = context.getTestClass().orElse(null);
    while (type != null) {
      for (Class<?> c = type; c != null; c = c.getSuperclass()) {
        add(c, found);
      }
      // A static class is not a part of the test around it.
      type = Modifier.isStatic(type.getModifiers()) ? null : type.getEnclosingClass();
    }
    return found;
  }

  /** Adds the annotation itself, or those of the annotations that are composed with it. */
  private static void add(AnnotatedElement element, List<LeakFree> found) {
    LeakFree direct = element.getDeclaredAnnotation(LeakFree.class);
    if (direct != null) {
      found.add(direct);
    }
    for (Annotation annotation : element.getDeclaredAnnotations()) {
      LeakFree composed = annotation.annotationType().getDeclaredAnnotation(LeakFree.class);
      if (composed != null) {
        found.add(composed);
      }
    }
  }
}
