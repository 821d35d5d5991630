package io.leakguard;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The arrows between the packages; each rule is also shown to be able to fail. */
class ArchitectureTest {
  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.leakguard");

  private static final ArchRule DIAGNOSIS_KNOWS_ONLY_THE_JDK =
      noClasses()
          .that()
          .resideInAPackage("io.leakguard.diagnosis")
          .should()
          .dependOnClassesThat(
              resideInAPackage("java..")
                  .or(resideInAPackage("io.leakguard.diagnosis"))
                  .negate()
                  .as("are neither of the JDK nor of the package"))
          .because("tools that look at other processes compile against this package alone");

  private static final ArchRule ONE_CLASS_KNOWS_THE_METRICS_LIBRARY =
      noClasses()
          .that()
          .haveNameNotMatching("io\\.leakguard\\.EmfWriter(\\$.*)?")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("software.amazon..", "com.fasterxml..", "org.slf4j..")
          .because("it is loaded with the first report and not before");

  private static final ArchRule ONE_CLASS_KNOWS_THE_RUNTIME_CLIENT =
      noClasses()
          .that()
          .haveNameNotMatching("io\\.leakguard\\.RuntimeHandler(\\$.*)?")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.amazonaws.services.lambda.runtime.api..")
          .because("it is there under Lambda only");

  private static final ArchRule FEW_CLASSES_TOUCH_MANAGEMENT =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("io.leakguard.Waits")
          .and()
          .doNotHaveFullyQualifiedName("io.leakguard.diagnosis.LockOwners")
          .and()
          .doNotHaveFullyQualifiedName("io.leakguard.DirectMemory")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.lang.management..", "javax.management..", "jdk.jfr..")
          .because("their first touch costs 20 to 370 ms, to be paid for a report only");

  @Test
  void import_findsTheWholeModule() {
    assertThat(MAIN).hasSizeGreaterThan(40);
    assertThat(MAIN.stream().filter(c -> c.getPackageName().equals("io.leakguard.diagnosis")))
        .hasSizeGreaterThan(10);
  }

  @Test
  void diagnosis_knowsNeitherLambdaNorMetricsNorTheGuard() {
    DIAGNOSIS_KNOWS_ONLY_THE_JDK.allowEmptyShould(false).check(MAIN);
    fails(DIAGNOSIS_KNOWS_ONLY_THE_JDK, io.leakguard.diagnosis.KnowsTooMuch.class);
  }

  @Test
  void metricsLibrary_isKnownToOneClass() {
    ONE_CLASS_KNOWS_THE_METRICS_LIBRARY.allowEmptyShould(false).check(MAIN);
    fails(ONE_CLASS_KNOWS_THE_METRICS_LIBRARY, EmfDocument.class);
  }

  @Test
  void runtimeClient_isKnownToOneClass() {
    ONE_CLASS_KNOWS_THE_RUNTIME_CLIENT.allowEmptyShould(false).check(MAIN);
    fails(ONE_CLASS_KNOWS_THE_RUNTIME_CLIENT, KnowsTheRuntimeClient.class);
  }

  @Test
  void management_isTouchedByTwoClasses() {
    FEW_CLASSES_TOUCH_MANAGEMENT.allowEmptyShould(false).check(MAIN);
    fails(FEW_CLASSES_TOUCH_MANAGEMENT, TouchesManagement.class);
  }

  @Test
  void publicTypes_areThoseOfUsers() {
    assertThat(
            MAIN.stream()
                .filter(c -> c.getPackageName().equals("io.leakguard"))
                .filter(c -> c.getModifiers().contains(JavaModifier.PUBLIC))
                .map(JavaClass::getSimpleName)
                .distinct())
        .containsExactlyInAnyOrderElementsOf(
            Set.of(
                "LeakGuard",
                "Builder",
                "Guard",
                "GuardedHandler",
                "IgnoreRule",
                "LeakCheck",
                "Body",
                "Call",
                "LeakScope",
                "Part",
                "LeakReport",
                "LeakedGroup",
                "LeakedThreadsError",
                "LeakPolicy",
                "LeakException",
                "CreationSites"));
  }

  @Test
  void publicTypes_areFinal() {
    classes()
        .that()
        .arePublic()
        .and()
        .areNotInterfaces()
        .should()
        .haveModifier(JavaModifier.FINAL)
        .allowEmptyShould(false)
        .check(MAIN);
  }

  private static void fails(ArchRule rule, Class<?> violator) {
    JavaClasses bad = new ClassFileImporter().importClasses(violator);
    assertThatThrownBy(() -> rule.check(bad)).isInstanceOf(AssertionError.class);
  }

  /** Shows that the rule about the runtime client can fail. */
  static final class KnowsTheRuntimeClient {
    private KnowsTheRuntimeClient() {}

    static String name() {
      return com.amazonaws.services.lambda.runtime.api.client.HandlerInfo.class.getName();
    }
  }

  /** Shows that the rule against management classes can fail. */
  static final class TouchesManagement {
    private TouchesManagement() {}

    static int count() {
      return java.lang.management.ManagementFactory.getThreadMXBean().getThreadCount();
    }
  }
}
