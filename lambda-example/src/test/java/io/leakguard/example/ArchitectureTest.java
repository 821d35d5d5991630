package io.leakguard.example;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.leakguard.LeakGuard;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

  private final JavaClasses classes =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.leakguard.example");

  @Test
  void example_ofTheGuard_knowsOnlyItsEntryPoint() {
    noClasses()
        .should()
        .dependOnClassesThat(
            resideInAPackage("io.leakguard..")
                .and(not(resideInAPackage("io.leakguard.example")))
                .and(not(JavaClass.Predicates.equivalentTo(LeakGuard.class))))
        .check(classes);
  }

  @Test
  void zeroCodeHandler_knowsNothingOfTheGuard() {
    classes()
        .that()
        .haveSimpleName("OrdersStockHandler")
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage("io.leakguard.example", "java..", "com.amazonaws.."))
        .check(classes);
  }

  @Test
  void example_usesNoLibraryOfTheGuards() {
    noClasses()
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("software.amazon..", "com.fasterxml..", "org.slf4j.."))
        .check(classes);
  }
}
