package io.leakguard.chaos.sam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A CodeUri that is a source folder: what its build left is run. */
class SourceOutputTest {
  private static final String CLASS = "com/acme/Orders.class";
  private static final String LIBRARY = "org/lib/Tool.class";

  @TempDir Path folder;

  @Test
  void maven_fatJar_comesBeforeClassesAlone() {
    maven("");
    jar("target/orders-1.jar", CLASS, LIBRARY);
    jar("target/original-orders-1.jar", CLASS);
    jar("target/orders-1-sources.jar", "com/acme/Orders.java");

    assertThat(staged()).containsExactly("lib/orders-1.jar");
  }

  @Test
  void maven_jarWithJarsInside_isUnpacked() throws Exception {
    maven("");
    byte[] library = Files.readAllBytes(ArtifactFiles.archive(folder.resolve("l.jar"), LIBRARY));
    ArtifactFiles.archive(
        folder.resolve("target/orders.jar"), Map.of(CLASS, new byte[0], "lib/l.jar", library));

    assertThat(staged()).containsExactly(CLASS, "lib/l.jar");
  }

  @Test
  void maven_zipMadeForLambda_comesFirst() {
    maven("");
    jar("target/dependency/tool.jar", LIBRARY);
    jar("target/function.zip", CLASS, LIBRARY);

    assertThat(staged()).containsExactly(CLASS, LIBRARY);
  }

  @Test
  void maven_thinJar_isPassedOverForClassesWithTheirLibraries() {
    maven("");
    jar("target/orders.jar", CLASS);
    jar("target/lib/tool.jar", LIBRARY);

    assertThat(staged()).containsExactly(CLASS, "lib/tool.jar");
  }

  @Test
  void maven_thinJarAlone_isItsClasses() {
    maven("");
    jar("target/orders.jar", CLASS);

    assertThat(staged()).containsExactly(CLASS);
  }

  @Test
  void maven_brokenZip_isPassedOver() {
    maven("");
    ArtifactFiles.file(folder.resolve("target/half.zip"));

    assertThat(staged()).containsExactly(CLASS);
  }

  @Test
  void maven_handlerInDependencyOfFatJar_isFound() {
    ArtifactFiles.file(folder.resolve("pom.xml"));
    ArtifactFiles.file(folder.resolve("target/classes/com/acme/Bean.class"));
    jar("target/app-aws.jar", CLASS, "com/acme/Bean.class");

    assertThat(staged()).containsExactly("lib/app-aws.jar");
  }

  @Test
  void maven_otherModuleShadesTheHandler_isTaken() {
    ArtifactFiles.file(folder.resolve("pom.xml"));
    maven("core/");
    ArtifactFiles.file(folder.resolve("dist/pom.xml"));
    jar("dist/target/dist.jar", CLASS, LIBRARY);

    assertThat(staged()).containsExactly("lib/dist.jar");
  }

  @Test
  void gradle_distributionZip_isUnpacked() {
    gradle("");
    jar("build/distributions/orders.zip", CLASS, LIBRARY);
    jar("build/libs/orders-all.jar", CLASS, LIBRARY);

    assertThat(staged()).containsExactly(CLASS, LIBRARY);
  }

  @Test
  void gradle_fatJar_isTaken() {
    gradle("");
    jar("build/libs/orders.jar", CLASS);
    jar("build/libs/orders-all.jar", CLASS, LIBRARY);

    assertThat(staged()).containsExactly("lib/orders-all.jar");
  }

  @Test
  void gradle_installation_hasAllJars() {
    gradle("");
    jar("build/install/orders/lib/orders.jar", CLASS);
    jar("build/install/orders/lib/tool.jar", LIBRARY);

    assertThat(staged()).containsExactly("lib/orders.jar", "lib/tool.jar");
  }

  @Test
  void gradle_classes_areOfAllLanguagesWithResources() {
    gradle("");
    ArtifactFiles.file(folder.resolve("build/classes/kotlin/main/com/acme/Bean.class"));
    ArtifactFiles.file(folder.resolve("build/resources/main/app.properties"));
    jar("build/dependencies/tool.jar", LIBRARY);

    assertThat(staged())
        .containsExactly("app.properties", "com/acme/Bean.class", CLASS, "lib/tool.jar");
  }

  @Test
  void gradle_multiModule_isTheModuleWithTheHandler() {
    ArtifactFiles.file(folder.resolve("settings.gradle"));
    ArtifactFiles.file(folder.resolve("build.gradle"));
    ArtifactFiles.file(folder.resolve("alpha/build.gradle"));
    ArtifactFiles.file(folder.resolve("alpha/build/classes/java/main/a/Some.class"));
    gradle("nested/orders/");

    assertThat(artifact().location())
        .isEqualTo(folder.resolve("nested/orders/build/classes/java/main"));
  }

  @Test
  void gradle_notBuilt_namesTheWrapper() {
    ArtifactFiles.file(folder.resolve("build.gradle.kts"));
    ArtifactFiles.file(folder.resolve("gradlew"));

    assertThatThrownBy(this::artifact)
        .hasMessageEndingWith("'" + folder + "' is not built: run './gradlew build' there");
  }

  @Test
  void both_theBuiltOneIsTaken() {
    ArtifactFiles.file(folder.resolve("pom.xml"));
    gradle("");

    assertThat(staged()).containsExactly(CLASS);
  }

  @Test
  void output_olderThanItsSources_isSaid() {
    maven("");
    jar("target/lib/tool.jar", LIBRARY);
    ArtifactFiles.modified(folder.resolve("target/classes/" + CLASS), 1_000);
    Path source = ArtifactFiles.file(folder.resolve("src/main/java/com/acme/Orders.java"));
    ArtifactFiles.modified(source, 2_000);

    assertThat(artifact().notes())
        .containsExactly(
            folder.resolve("template.yaml")
                + ":6: "
                + folder.resolve("target/classes")
                + " is older than its sources: run 'mvn package' again");
  }

  @Test
  void output_newerThanItsSources_isNotSpokenOf() {
    maven("");
    jar("target/lib/tool.jar", LIBRARY);
    Path source = ArtifactFiles.file(folder.resolve("src/main/java/com/acme/Orders.java"));
    ArtifactFiles.modified(source, 1_000);

    assertThat(artifact().notes()).isEmpty();
  }

  @Test
  void output_withoutLibraries_namesTheCommandThatBringsThem() {
    gradle("");

    assertThat(artifact().notes())
        .singleElement()
        .asString()
        .endsWith("is run without libraries; if it needs any: 'gradle installDist'");
  }

  @Test
  void output_thatSamHasMadeAnew_needsNoAdvice() {
    maven("");
    ArtifactFiles.modified(folder.resolve("target/classes/" + CLASS), 1_000);
    ArtifactFiles.file(folder.resolve(".aws-sam/build/F/" + CLASS));

    assertThat(artifact().notes()).isEmpty();
  }

  @Test
  void library_thatIsALinkOutOfItsFolder_isRefused() throws Exception {
    maven("");
    Path other = ArtifactFiles.archive(folder.resolve("other/tool.jar"), LIBRARY);
    Files.createDirectories(folder.resolve("target/dependency"));
    Files.createSymbolicLink(folder.resolve("target/dependency/tool.jar"), other);

    assertThatThrownBy(this::staged).hasMessageContaining("is a link to a place outside it");
  }

  @Test
  void layers_folderZipAndSource_comeAfterTheFunctionsOwnJars() throws Exception {
    maven("");
    jar("target/lib/tool.jar", LIBRARY);
    jar("layer/java/lib/a.jar", LIBRARY);
    byte[] library = Files.readAllBytes(folder.resolve("layer/java/lib/a.jar"));
    ArtifactFiles.archive(
        folder.resolve("layer.zip"), Map.of("java/lib/b.jar", library, "etc/x", new byte[1]));
    ArtifactFiles.file(folder.resolve("shared/pom.xml"));
    jar("shared/target/c.jar", "c/C.class");

    assertThat(staged("layer", "layer.zip", "shared"))
        .containsExactly(
            CLASS,
            "lib/tool.jar",
            "lib/zz-layer-a.jar",
            "lib/zz-layer-b.jar",
            "lib/zz-layer-c.jar");
  }

  @Test
  void layer_laidOutByAModule_isTakenAloneAndTheNewerOfTheTwo() throws Exception {
    maven("");
    ArtifactFiles.file(folder.resolve("shared/one/pom.xml"));
    ArtifactFiles.file(folder.resolve("shared/two/pom.xml"));
    ArtifactFiles.file(folder.resolve("shared/pom.xml"));
    jar("shared/one/target/one.jar", LIBRARY);
    jar("shared/two/target/layer/java/lib/b.jar", LIBRARY);
    assertThat(staged("shared")).containsExactly(CLASS, "lib/zz-layer-b.jar");

    jar(".aws-sam/build/L0/java/lib/c.jar", LIBRARY);
    Files.setLastModifiedTime(
        folder.resolve(".aws-sam/build/L0/java/lib/c.jar"),
        FileTime.from(Instant.now().plusSeconds(60)));

    assertThat(staged("shared")).contains("lib/zz-layer-c.jar");
  }

  @Test
  void layers_ofAFolderAndAZip_areStagedWholeTheLaterOverTheEarlier() throws Exception {
    maven("");
    ArtifactFiles.file(folder.resolve("layer/java/lib/a.jar"));
    ArtifactFiles.file(folder.resolve("layer/start"));
    ArtifactFiles.archive(folder.resolve("layer.zip"), Map.of("start", new byte[3]));
    Artifact artifact = artifact("layer", "layer.zip");

    artifact.stageLayers(folder.resolve(".opt"));

    assertThat(ArtifactFiles.below(folder.resolve(".opt")))
        .containsExactly("java/lib/a.jar", "start");
    assertThat(folder.resolve(".opt/start")).hasSize(3);
    assertThat(artifact.brings("/opt/start")).isTrue();
    assertThat(artifact.brings("/opt/java/lib/a.jar")).isTrue();
    assertThat(artifact.brings("/opt/stop")).isFalse();
    assertThat(artifact.brings("/opt/../pom.xml")).isFalse();
  }

  @Test
  void layer_ofSources_bringsNoProgram() throws Exception {
    maven("");
    ArtifactFiles.file(folder.resolve("shared/pom.xml"));
    ArtifactFiles.file(folder.resolve("shared/start"));
    jar("shared/target/c.jar", "c/C.class");

    assertThat(artifact("shared").brings("/opt/start")).isFalse();
  }

  @Test
  void layer_withTheHandler_isEnough() {
    ArtifactFiles.file(folder.resolve("src.txt"));
    jar("layer/java/lib/a.jar", CLASS);

    assertThat(staged("layer")).contains("lib/zz-layer-a.jar");
  }

  @Test
  void layer_outsideOfTheProject_isRefused() {
    maven("");

    assertThatThrownBy(() -> staged("/opt")).hasMessageContaining("a layer is outside of");
  }

  @Test
  void layer_whoseJarsAreALinkOutOfTheProject_isRefused(@TempDir Path elsewhere) throws Exception {
    maven("");
    ArtifactFiles.archive(elsewhere.resolve("tool.jar"), LIBRARY);
    Files.createDirectories(folder.resolve("layer/java"));
    Files.createSymbolicLink(folder.resolve("layer/java/lib"), elsewhere);

    assertThatThrownBy(() -> staged("layer"))
        .hasMessageContaining("a jar of a layer is outside of the project");
  }

  @Test
  void output_whoseResourcesAreALinkOutOfTheProject_isRefused(@TempDir Path elsewhere)
      throws Exception {
    gradle("");
    ArtifactFiles.file(elsewhere.resolve("passwd"));
    Files.createDirectories(folder.resolve("build/resources"));
    Files.createSymbolicLink(folder.resolve("build/resources/main"), elsewhere);

    assertThatThrownBy(this::staged).hasMessageContaining("the code is outside of the project");
  }

  private void maven(String module) {
    ArtifactFiles.file(folder.resolve(module + "pom.xml"));
    ArtifactFiles.file(folder.resolve(module + "target/classes/" + CLASS));
  }

  private void gradle(String module) {
    ArtifactFiles.file(folder.resolve(module + "build.gradle"));
    ArtifactFiles.file(folder.resolve(module + "build/classes/java/main/" + CLASS));
  }

  private void jar(String file, String... entries) {
    ArtifactFiles.archive(folder.resolve(file), entries);
  }

  private List<String> staged(String... layers) {
    Path task = folder.resolve(".task");
    artifact(layers).stage(task);
    return ArtifactFiles.below(task);
  }

  private Artifact artifact(String... layers) {
    StringBuilder text =
        new StringBuilder(
            """
            Resources:
              F:
                Type: AWS::Serverless::Function
                Properties:
                  Handler: com.acme.Orders
                  CodeUri: .
                  Runtime: java21
                  Layers: [%s]
            """
                .formatted(
                    String.join(
                        ", ",
                        java.util.stream.IntStream.range(0, layers.length)
                            .mapToObj(n -> "!Ref L" + n)
                            .toList())));
    for (int n = 0; n < layers.length; n++) {
      text.append(
          "  L%d: {Type: 'AWS::Serverless::LayerVersion', Properties: {ContentUri: '%s'}}%n"
              .formatted(n, layers[n]));
    }
    Template template = Template.read(Templates.write(folder, text.toString()), Map.of());
    return Artifact.locate(template, template.functions().get(0));
  }
}
