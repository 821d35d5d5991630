package io.leakguard.junit;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.leakguard.LeakPolicy;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Test classes that other tests run; they are not run by themselves. */
final class Samples {
  private Samples() {}

  @TestMethodOrder(MethodOrderer.MethodName.class)
  @LeakFree(grace = "0ms")
  static class OneOfThreeLeaks {
    @Test
    void first() {}

    @Test
    void leaks() {
      Leaks.start("order-writer-1");
    }

    @Test
    void next() {}
  }

  static class OneMethodIsChecked {
    @Test
    @LeakFree(grace = "0ms")
    void checked() {
      Leaks.start("order-writer-1");
    }

    @Test
    void unchecked() {
      Leaks.start("order-writer-2");
    }
  }

  /** Puts a thread into the test's store, which ends it after everything else. */
  static final class Resource implements BeforeEachCallback {
    @Override
    public void beforeEach(ExtensionContext context) {
      context
          .getStore(ExtensionContext.Namespace.create(Resource.class))
          .put("thread", Leaks.start("resource"));
    }
  }

  @LeakFree
  @ExtendWith(Resource.class)
  static class EverythingIsClosed {
    private static Leaks.Leaked ofClass;
    private Leaks.Leaked ofTest;

    @BeforeAll
    static void beginClass() {
      ofClass = Leaks.start("of-class");
    }

    @AfterAll
    static void endClass() {
      ofClass.close();
    }

    @BeforeEach
    void begin() {
      ofTest = Leaks.start("of-test");
    }

    @AfterEach
    void end() {
      ofTest.close();
    }

    @Test
    void poolIsShutDown() {
      ExecutorService pool = Executors.newFixedThreadPool(2);
      pool.execute(() -> {});
      pool.execute(() -> {});
      pool.shutdown();
    }

    @Test
    void nothing() {}
  }

  @LeakFree(grace = "0ms")
  static class ClassLeaks {
    @BeforeAll
    static void begin() {
      Leaks.start("of-class");
    }

    @Test
    void test() {}
  }

  @LeakFree(grace = "0ms")
  static class FailsAndLeaks {
    @Test
    void fails() {
      Leaks.start("order-writer");
      fail("its own failure");
    }

    @Test
    void isAborted() {
      Leaks.start("order-writer");
      assumeTrue(false);
    }
  }

  @LeakFree(ignore = "name of-superclass # a reason", grace = "0ms")
  static class Base {}

  @LeakFree(ignore = "name of-class")
  static class RulesAddUp extends Base {
    @Test
    @LeakFree(ignore = "name of-method")
    void allIgnored() {
      Leaks.start("of-superclass");
      Leaks.start("of-class");
      Leaks.start("of-method");
    }

    @Test
    void oneIsNot() {
      Leaks.start("of-class");
      Leaks.start("of-method");
    }

    @Nested
    class Inner {
      @Test
      @LeakFree(ignore = "name of-inner")
      void allIgnored() {
        Leaks.start("of-superclass");
        Leaks.start("of-class");
        Leaks.start("of-inner");
      }

      @Test
      void leaks() {
        Leaks.start("of-inner");
      }
    }
  }

  @LeakFree(policy = LeakPolicy.REPORT, grace = "0ms")
  static class OnlyReports {
    @Test
    void leaks() {
      Leaks.start("order-writer");
    }
  }

  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.TYPE)
  @LeakFree(grace = "0ms")
  @interface Strict {}

  @Strict
  static class Composed {
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void leaks(int number) {
      if (number == 2) {
        Leaks.start("order-writer");
      }
    }
  }

  @LeakFree(ignore = "nome of-class")
  static class BadRule {
    @Test
    void test() {}
  }

  /** Two tests that are surely at work at the same time; one of them leaks, the other ends last. */
  static final class AtOnce {
    private static final Semaphore FIRST = new Semaphore(0);
    private static final Semaphore SECOND = new Semaphore(0);

    private AtOnce() {}

    /**
     * Waits for the other one. By semaphores: for a waiting phaser the pool of the tests starts one
     * more worker, perhaps while a test starts its thread, and which of two threads that are
     * created at one moment is whose cannot be told.
     */
    static void meetSecond() {
      FIRST.release();
      SECOND.acquireUninterruptibly();
    }

    static void meetFirst() {
      SECOND.release();
      FIRST.acquireUninterruptibly();
    }
  }

  @LeakFree(grace = "0ms")
  static class Culprit {
    @Test
    void leaks() {
      AtOnce.meetSecond();
      Leaks.start("order-writer");
      AtOnce.meetSecond();
    }
  }

  @LeakFree(grace = "0ms")
  static class Victim {
    @Test
    void isClean() {
      AtOnce.meetFirst();
      AtOnce.meetFirst();
    }
  }

  static class NotAnnotated {
    @Test
    void leaks() {
      Leaks.start("order-writer");
    }
  }

  static class NotAnnotatedAndClean {
    @Test
    void closes() {
      Leaks.start("order-writer").close();
    }
  }
}
