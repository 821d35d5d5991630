package io.leakguard.junit;

import io.leakguard.LeakPolicy;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Fails a test that leaves threads behind.
 *
 * <p>On a method: that test, with its {@code @BeforeEach} and {@code @AfterEach} methods and the
 * resources of its extensions. On a class: each of its tests and those of its nested classes, and
 * what the class itself starts in {@code @BeforeAll} and does not end in {@code @AfterAll}.
 *
 * <p>A leak is charged to the test that has created it, so tests may run in parallel. A thread
 * whose creator is not known is charged to the only test that ran, else it is printed and fails
 * nobody. A test that fails anyway is checked too, with a shorter grace; the leak is then added to
 * its exception as a suppressed one.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
@ExtendWith(LeakFreeExtension.class)
public @interface LeakFree {
  /**
   * Rules for threads that are never reported: {@code name|group|top|any|starter PATTERN # reason},
   * where {@code *} stands for any characters. The rules of method, class, superclasses and
   * enclosing classes add up.
   *
   * @return the rules, none by default
   * @see io.leakguard.IgnoreRule
   */
  String[] ignore() default {};

  /**
   * What a leak does: one value, or none for that of the class, the superclass, the enclosing
   * class, the configuration parameter {@code leakguard.junit.policy}; else {@link
   * LeakPolicy#FAIL}.
   *
   * @return one policy at most
   */
  LeakPolicy[] policy() default {};

  /**
   * How long threads may take to end, as {@code 430ms}, {@code 2s} or {@code PT2S}; empty for that
   * of the class and so on, the configuration parameter {@code leakguard.junit.grace}; else 430 ms.
   *
   * @return the time, from 0 to a minute
   */
  String grace() default "";

  /**
   * A file of known leaks, relative to the working directory; empty for that of the class and so
   * on, the configuration parameter {@code leakguard.junit.baseline}; else {@code
   * leakguard-baseline.txt} where there is one. A line is {@code FINGERPRINT expires=2027-01-31 #
   * reason}.
   *
   * @return the path
   */
  String baseline() default "";
}
