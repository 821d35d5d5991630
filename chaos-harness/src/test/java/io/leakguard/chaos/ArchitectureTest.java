package io.leakguard.chaos;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.GeneralCodingRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final String ROOT = "io.leakguard.chaos";

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(ROOT);

  @Test
  void imported_isTheWholeHarness() {
    assertThat(CLASSES.size()).isGreaterThan(120);
  }

  @Test
  void layers_haveOnlyTheArrowsOfTheDesign() {
    layeredArchitecture()
        .consideringOnlyDependenciesInAnyPackage(ROOT + "..")
        .layer("command")
        .definedBy(ROOT)
        .layer("staging")
        .definedBy(ROOT + ".staging")
        .layer("scenario")
        .definedBy(ROOT + ".scenario")
        .layer("report")
        .definedBy(ROOT + ".report")
        .layer("results")
        .definedBy(ROOT + ".results")
        .layer("verdict")
        .definedBy(ROOT + ".verdict")
        .layer("lambda")
        .definedBy(ROOT + ".lambda")
        .layer("fault")
        .definedBy(ROOT + ".fault")
        .layer("proxy")
        .definedBy(ROOT + ".proxy")
        .layer("load")
        .definedBy(ROOT + ".load")
        .layer("upstream")
        .definedBy(ROOT + ".upstream")
        .layer("sam")
        .definedBy(ROOT + ".sam")
        .layer("attach")
        .definedBy(ROOT + ".attach")
        .layer("fleet")
        .definedBy(ROOT + ".fleet")
        .layer("process")
        .definedBy(ROOT + ".process")
        .whereLayer("command")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("staging")
        .mayOnlyBeAccessedByLayers("command")
        .whereLayer("scenario")
        .mayOnlyBeAccessedByLayers("command", "staging")
        .whereLayer("report")
        .mayOnlyBeAccessedByLayers("command")
        .whereLayer("results")
        .mayOnlyBeAccessedByLayers("command", "report")
        .whereLayer("verdict")
        .mayOnlyBeAccessedByLayers("command", "scenario", "staging", "report")
        .whereLayer("lambda")
        .mayOnlyBeAccessedByLayers("command", "scenario")
        .whereLayer("fault")
        .mayOnlyBeAccessedByLayers("command", "scenario", "staging")
        .whereLayer("proxy")
        .mayOnlyBeAccessedByLayers("fault")
        .whereLayer("load")
        .mayOnlyBeAccessedByLayers("command", "scenario")
        .whereLayer("upstream")
        .mayOnlyBeAccessedByLayers("command", "scenario")
        .whereLayer("sam")
        .mayOnlyBeAccessedByLayers("command")
        .whereLayer("attach")
        .mayOnlyBeAccessedByLayers("command")
        .whereLayer("fleet")
        .mayOnlyBeAccessedByLayers("command")
        .whereLayer("process")
        .mayOnlyBeAccessedByLayers("command", "scenario", "lambda", "fault", "load")
        .because("each part can be read, tested and replaced alone")
        .check(CLASSES);
  }

  @Test
  void packages_haveNoCycles() {
    slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void harness_knowsTheGuardByItsOutputOnly() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.leakguard",
            "io.leakguard.diagnosis..",
            "io.leakguard.example..",
            "io.leakguard.controls..",
            "io.leakguard.load..",
            "com.amazonaws..",
            "software.amazon.cloudwatchlogs..")
        .because("the wire format is tested as an outsider sees it")
        .check(CLASSES);
  }

  @Test
  void awsSdk_isKnownToWhatTalksToAwsOnly() {
    noClasses()
        .that()
        .resideOutsideOfPackages(ROOT + ".fleet..", ROOT + ".staging..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("software.amazon.awssdk..")
        .because("a local run must not load it")
        .check(CLASSES);
  }

  @Test
  void standardStreams_areUsedByNobody() {
    GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS
        .because("what is printed goes through the command line's writers")
        .check(CLASSES);
  }
}
