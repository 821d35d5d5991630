package io.leakguard.chaos.sam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArtifactTest {
  private static final String CLASS = "com/acme/Orders.class";

  @TempDir Path folder;

  @Test
  void locate_jar_isStagedInLib() {
    ArtifactFiles.archive(folder.resolve("target/x.jar"), CLASS, "app.properties");

    Artifact artifact = locate("target/x.jar", "com.acme.Orders::handle");

    assertThat(artifact.location()).isEqualTo(folder.resolve("target/x.jar"));
    assertThat(staged(artifact)).containsExactly("lib/x.jar");
  }

  @Test
  void locate_jarWithJarsInside_isUnpacked() {
    ArtifactFiles.archive(folder.resolve("target/x.jar"), CLASS, "lib/gson.jar");

    assertThat(staged(locate("target/x.jar", "com.acme.Orders")))
        .containsExactly(CLASS, "lib/gson.jar");
  }

  @Test
  void locate_zip_isUnpacked() throws Exception {
    ArtifactFiles.archive(folder.resolve("x.zip"), CLASS, "lib/gson.jar", "META-INF/");

    assertThat(staged(locate("x.zip", "com.acme.Orders"))).containsExactly(CLASS, "lib/gson.jar");
    assertThat(Files.readString(folder.resolve("task").resolve(CLASS))).isEqualTo(CLASS);
  }

  @Test
  void locate_handlerInLibraryOfZip_isFound() throws Exception {
    Path library = ArtifactFiles.archive(folder.resolve("gson.jar"), CLASS);
    ArtifactFiles.archive(
        folder.resolve("x.zip"),
        Map.of("lib/gson.jar", Files.readAllBytes(library), "a.txt", new byte[0]));

    assertThat(staged(locate("x.zip", "com.acme.Orders"))).containsExactly("a.txt", "lib/gson.jar");
  }

  @Test
  void locate_classFolder_isCopiedAsItIs() {
    ArtifactFiles.file(folder.resolve("out/" + CLASS));
    ArtifactFiles.archive(folder.resolve("out/lib/gson.jar"), "a/B.class");
    ArtifactFiles.file(folder.resolve("out/.git/config"));
    ArtifactFiles.file(folder.resolve("out/conf/app.yaml"));

    assertThat(staged(locate("out", "com.acme.Orders")))
        .containsExactly(CLASS, "conf/app.yaml", "lib/gson.jar");
  }

  @Test
  void locate_classFolderThroughLink_isCopied() throws Exception {
    ArtifactFiles.file(folder.resolve("out/" + CLASS));
    Files.createSymbolicLink(folder.resolve("link"), folder.resolve("out"));

    assertThat(staged(locate("link", "com.acme.Orders"))).containsExactly(CLASS);
  }

  @Test
  void locate_mavenSource_isItsOutputWithDependencies() {
    ArtifactFiles.file(folder.resolve("pom.xml"));
    ArtifactFiles.file(folder.resolve("src/main/java/com/acme/Orders.java"));
    ArtifactFiles.file(folder.resolve("target/classes/" + CLASS));
    ArtifactFiles.file(folder.resolve("target/classes/app.properties"));
    ArtifactFiles.archive(folder.resolve("target/dependency/gson.jar"), "a/B.class");
    ArtifactFiles.archive(folder.resolve("target/lib/core.jar"), "a/C.class");
    ArtifactFiles.file(folder.resolve("target/dependency/notes.txt"));

    Artifact artifact = locate(".", "com.acme.Orders");

    assertThat(artifact.location()).isEqualTo(folder.resolve("target/classes"));
    assertThat(staged(artifact))
        .containsExactly("app.properties", CLASS, "lib/core.jar", "lib/gson.jar");
  }

  @Test
  void locate_multiModuleSource_isTheModuleWithTheHandler() {
    ArtifactFiles.file(folder.resolve("pom.xml"));
    for (String module : new String[] {"alpha", "nested/orders", "target/copy", ".git/x"}) {
      ArtifactFiles.file(folder.resolve(module + "/pom.xml"));
      ArtifactFiles.file(folder.resolve(module + "/target/classes/a/Some.class"));
    }
    ArtifactFiles.file(folder.resolve("nested/orders/target/classes/" + CLASS));
    ArtifactFiles.file(folder.resolve("target/copy/target/classes/" + CLASS));
    ArtifactFiles.archive(folder.resolve("alpha/target/dependency/orders.jar"), CLASS);

    assertThat(locate(".", "com.acme.Orders").location())
        .isEqualTo(folder.resolve("nested/orders/target/classes"));
  }

  @Test
  void locate_handlerInDependencyOnly_isTheModuleThatHasIt() {
    ArtifactFiles.file(folder.resolve("pom.xml"));
    ArtifactFiles.file(folder.resolve("a/pom.xml"));
    ArtifactFiles.file(folder.resolve("a/target/classes/a/Some.class"));
    ArtifactFiles.file(folder.resolve("b/pom.xml"));
    ArtifactFiles.file(folder.resolve("b/target/classes/b/Some.class"));
    ArtifactFiles.archive(folder.resolve("b/target/lib/quarkus.jar"), CLASS);

    assertThat(locate(".", "com.acme.Orders").location())
        .isEqualTo(folder.resolve("b/target/classes"));
  }

  @Test
  void locate_sourceNotBuilt_namesTheCommand() {
    ArtifactFiles.file(folder.resolve("app/pom.xml"));

    assertFailure("app", "com.acme.Orders")
        .hasMessage(
            at(6) + "'" + folder.resolve("app") + "' is not built: run 'mvn package' there");
  }

  @Test
  void locate_otherModuleBuiltOnly_namesTheCommand() {
    ArtifactFiles.file(folder.resolve("pom.xml"));
    ArtifactFiles.file(folder.resolve("a/pom.xml"));
    ArtifactFiles.file(folder.resolve("a/target/classes/a/Some.class"));
    ArtifactFiles.file(folder.resolve("b/pom.xml"));
    ArtifactFiles.file(folder.resolve("b/src/main/kotlin/com/acme/Orders.kt"));

    assertFailure(".", "com.acme.Orders$Batch")
        .hasMessage(at(6) + "'" + folder + "' is not built: run 'mvn package' there");
  }

  @Test
  void locate_handlerNotInJar_suggestsTheOneMeant() {
    ArtifactFiles.archive(folder.resolve("target/x.jar"), CLASS, "com/acme/Other.class");

    assertFailure("target/x.jar", "com.acme.Order::handle")
        .hasMessage(
            at(5)
                + "Handler 'com.acme.Order::handle' is not in "
                + folder.resolve("target/x.jar")
                + "\ndid you mean 'com.acme.Orders::handle'?");
  }

  @Test
  void locate_handlerUnlikeAnyInFolder_saysWhatToDo() {
    ArtifactFiles.file(folder.resolve("out/a/Some.class"));

    assertFailure("out", "com.acme.Orders")
        .hasMessage(
            at(5)
                + "Handler 'com.acme.Orders' is not in "
                + folder.resolve("out")
                + "\nbuild it again, or correct Handler");
  }

  @Test
  void locate_handlerInNoModule_suggestsFromAll() {
    ArtifactFiles.file(folder.resolve("pom.xml"));
    ArtifactFiles.file(folder.resolve("a/pom.xml"));
    ArtifactFiles.file(folder.resolve("a/target/classes/a/Some.class"));
    ArtifactFiles.file(folder.resolve("b/pom.xml"));
    ArtifactFiles.file(folder.resolve("b/target/classes/b/Orders.class"));

    assertFailure(".", "com.acme.Orders")
        .hasMessage(
            at(5)
                + "Handler 'com.acme.Orders' is not in any of the 2 built modules of "
                + folder
                + "\ndid you mean 'b.Orders'?");
  }

  @Test
  void locate_handlerInNoClassOfOneModule_namesItsOutput() {
    ArtifactFiles.file(folder.resolve("pom.xml"));
    ArtifactFiles.file(folder.resolve("target/classes/a/Some.class"));

    assertFailure(".", "com.acme.Orders")
        .hasMessage(
            at(5)
                + "Handler 'com.acme.Orders' is not in "
                + folder.resolve("target/classes")
                + "\nbuild it again, or correct Handler");
  }

  @Test
  void locate_missingCode_saysSo() {
    assertFailure("target/x.jar", "com.acme.Orders")
        .hasMessage(
            at(6)
                + "CodeUri '"
                + folder.resolve("target/x.jar")
                + "' does not exist\nbuild it with 'mvn package', or correct CodeUri");
  }

  @Test
  void locate_relativeTemplate_namesPathsAsGiven() {
    Path absolute = template("nowhere.jar", "a.B");
    Path given = Path.of("").toAbsolutePath().relativize(absolute);
    Template template = Template.read(given, Map.of());

    assertThatThrownBy(() -> Artifact.locate(template, template.functions().get(0)))
        .hasMessageStartingWith(
            given + ":6: CodeUri '" + given.resolveSibling("nowhere.jar").normalize() + "'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x.jar", "x.zip", "x"})
  void locate_fileThatIsNoArchive_saysSo(String name) {
    Path file = Templates.write(folder.resolve(name), "text".getBytes(StandardCharsets.UTF_8));

    assertFailure(name, "com.acme.Orders")
        .hasMessage(
            file + " is not a readable jar or zip file\n" + "build it again, or correct CodeUri");
  }

  @Test
  void locate_newerSamBuild_isTaken() {
    Path output = ArtifactFiles.archive(folder.resolve("x.jar"), CLASS);
    Path built = ArtifactFiles.file(folder.resolve(".aws-sam/build/F/" + CLASS));
    ArtifactFiles.modified(output, 1_000);
    ArtifactFiles.modified(built, 1_001);

    assertThat(locate("x.jar", "com.acme.Orders").location())
        .isEqualTo(folder.resolve(".aws-sam/build/F"));
  }

  @Test
  void locate_samBuildOfOlderFilesMadeLater_isTaken() {
    Path output = ArtifactFiles.archive(folder.resolve("x.jar"), CLASS);
    Path built = ArtifactFiles.file(folder.resolve(".aws-sam/build/F/" + CLASS));
    Path copy = ArtifactFiles.file(folder.resolve(".aws-sam/build/template.yaml"));
    ArtifactFiles.modified(output, 1_000);
    ArtifactFiles.modified(built, 900);
    ArtifactFiles.modified(copy, 1_001);

    assertThat(locate("x.jar", "com.acme.Orders").location())
        .isEqualTo(folder.resolve(".aws-sam/build/F"));
  }

  @Test
  void locate_olderSamBuild_isLeft() {
    Path output = ArtifactFiles.archive(folder.resolve("x.jar"), CLASS);
    Path built = ArtifactFiles.file(folder.resolve(".aws-sam/build/F/" + CLASS));
    ArtifactFiles.modified(output, 1_000);
    ArtifactFiles.modified(built, 1_000);

    assertThat(locate("x.jar", "com.acme.Orders").location()).isEqualTo(folder.resolve("x.jar"));
  }

  @Test
  void locate_samBuildWithoutOtherOutput_isTaken() {
    ArtifactFiles.file(folder.resolve("pom.xml"));
    ArtifactFiles.file(folder.resolve(".aws-sam/build/F/" + CLASS));

    assertThat(locate(".", "com.acme.Orders").location())
        .isEqualTo(folder.resolve(".aws-sam/build/F"));
  }

  @Test
  void locate_samBuildWithoutHandler_doesNotHideTheReason() {
    ArtifactFiles.file(folder.resolve("pom.xml"));
    ArtifactFiles.file(folder.resolve(".aws-sam/build/F/a/Some.class"));

    assertFailure(".", "com.acme.Orders").hasMessageEndingWith("run 'mvn package' there");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/etc", "..", "../elsewhere/x.jar"})
  @Timeout(10)
  void locate_codeOutsideOfTheProject_isRefused(String codeUri) throws Exception {
    assertFailure(codeUri, "com.acme.Orders")
        .hasMessageStartingWith(at(6) + "CodeUri is outside of the project: ")
        .hasMessageEndingWith("nothing is read outside of " + folder.toRealPath());
  }

  @Test
  void locate_linkOutOfTheProject_isRefused(@TempDir Path elsewhere) throws Exception {
    ArtifactFiles.file(elsewhere.resolve(CLASS));
    Files.createSymbolicLink(folder.resolve("out"), elsewhere);

    assertFailure("out", "com.acme.Orders")
        .hasMessageStartingWith(at(6) + "CodeUri is outside of the project");
  }

  @Test
  void locate_codeElsewhereInTheCheckout_isTaken() throws Exception {
    ArtifactFiles.file(folder.resolve("app/" + CLASS));
    Files.createDirectory(folder.resolve(".git"));
    Path deploy = Files.createDirectories(folder.resolve("deploy/prod"));
    Path file = template(deploy, "../../app", "com.acme.Orders");

    Template template = Template.read(file, Map.of());
    assertThat(staged(Artifact.locate(template, template.functions().get(0))))
        .containsExactly(CLASS);
  }

  private AbstractThrowableAssert<?, ?> assertFailure(String codeUri, String handler) {
    return assertThatThrownBy(() -> locate(codeUri, handler))
        .isExactlyInstanceOf(TemplateException.class);
  }

  private Artifact locate(String codeUri, String handler) {
    Template template = Template.read(template(codeUri, handler), Map.of());
    return Artifact.locate(template, template.functions().get(0));
  }

  private Path template(String codeUri, String handler) {
    return template(folder, codeUri, handler);
  }

  private static Path template(Path parent, String codeUri, String handler) {
    return Templates.write(
        parent,
        """
        Resources:
          F:
            Type: AWS::Serverless::Function
            Properties:
              Handler: %s
              CodeUri: %s
              Runtime: java21
        """
            .formatted(handler, codeUri));
  }

  private String at(int line) {
    return folder.resolve("template.yaml") + ":" + line + ": ";
  }

  private List<String> staged(Artifact artifact) {
    Path task = folder.resolve("task");
    artifact.stage(task);
    return ArtifactFiles.below(task);
  }
}
