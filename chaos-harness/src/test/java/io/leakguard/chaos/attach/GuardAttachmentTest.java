package io.leakguard.chaos.attach;

import static org.assertj.core.api.Assertions.assertThat;

import io.leakguard.chaos.attach.GuardAttachment.Way;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GuardAttachmentTest {
  private static final String LEAK_GUARD =
      "package io.leakguard; public class LeakGuard { public static Object wrap(Object o) {"
          + " return o; } }";

  @TempDir Path folder;
  private Path taskRoot;
  private GuardAttachment attachment;

  @BeforeEach
  void prepare() throws IOException {
    taskRoot = Files.createDirectories(folder.resolve("task"));
    attachment = new GuardAttachment(Files.writeString(folder.resolve("guard.jar"), "a jar"));
  }

  @Test
  void wayOf_handlerWithoutGuard_isAdded() throws IOException {
    compile(
        "package com.acme; public class Orders { public Object handle(Object o) { return o; } }");

    assertThat(attachment.wayOf(taskRoot, "com.acme.Orders::handle", Optional.empty()))
        .isEqualTo(Way.ADDED);
  }

  @Test
  void wayOf_handlerThatWraps_isItsOwn() throws IOException {
    compile(
        LEAK_GUARD,
        "package com.acme; public class Orders { Object o = io.leakguard.LeakGuard.wrap(this); }");

    assertThat(attachment.wayOf(taskRoot, "com.acme.Orders::handle", Optional.empty()))
        .isEqualTo(Way.OWN);
  }

  @Test
  void wayOf_baseClassOfTheProjectThatWraps_isItsOwn() throws IOException {
    compile(
        LEAK_GUARD,
        "package com.acme.base; public class Base { Object o = io.leakguard.LeakGuard.wrap(this);"
            + " }",
        "package com.acme; public class Orders extends com.acme.base.Base { }");

    assertThat(attachment.wayOf(taskRoot, "com.acme.Orders", Optional.empty())).isEqualTo(Way.OWN);
  }

  @Test
  void wayOf_guardedHandler_isItsOwn() throws IOException {
    assertThat(attachment.wayOf(taskRoot, GuardAttachment.HANDLER, Optional.empty()))
        .isEqualTo(Way.OWN);
  }

  @Test
  void wayOf_guardThatTheHandlerDoesNotUse_isTakenFromItsLibraries() throws IOException {
    compile(
        "package io.leakguard; public class GuardedHandler { }",
        "package com.acme; public class Orders { long big = 1L << 40; double half = 0.5; }");
    moveToLibrary("io/leakguard/GuardedHandler.class");

    assertThat(attachment.wayOf(taskRoot, "com.acme.Orders", Optional.empty()))
        .isEqualTo(Way.OWN_LIBRARY);
  }

  @Test
  void wayOf_programOfALayerThatAttachesIt_isTheLayersOwn() throws IOException {
    compile(
        "package io.leakguard; public class GuardedHandler { }",
        "package com.acme; public class Orders { }");
    moveToLibrary("io/leakguard/GuardedHandler.class");
    Path ours = Files.writeString(folder.resolve("ours"), "_HANDLER=io.leakguard.GuardedHandler");
    Path other = Files.writeString(folder.resolve("other"), "exec \"$@\"");

    assertThat(attachment.wayOf(taskRoot, "com.acme.Orders", Optional.of(ours)))
        .isEqualTo(Way.LAYER);
    assertThat(attachment.wayOf(taskRoot, "com.acme.Orders", Optional.of(other)))
        .isEqualTo(Way.OWN_LIBRARY);
  }

  @Test
  void wayOf_programWithoutTheGuardItAttaches_isAdded() throws IOException {
    compile("package com.acme; public class Orders { }");
    Path ours = Files.writeString(folder.resolve("ours"), "_HANDLER=io.leakguard.GuardedHandler");

    assertThat(attachment.wayOf(taskRoot, "com.acme.Orders", Optional.of(ours)))
        .isEqualTo(Way.ADDED);
  }

  @Test
  void wayOf_jarThatIsNone_isPassedOver() throws IOException {
    compile("package com.acme; public class Orders { }");
    Files.writeString(Files.createDirectories(taskRoot.resolve("lib")).resolve("a.jar"), "no zip");

    assertThat(attachment.wayOf(taskRoot, "com.acme.Orders", Optional.empty()))
        .isEqualTo(Way.ADDED);
  }

  @Test
  void addTo_putsTheJarAmongTheLibraries() throws IOException {
    attachment.addTo(taskRoot);

    assertThat(taskRoot.resolve("lib/leakguard-attached.jar")).hasContent("a jar");
  }

  private void compile(String... sources) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<String> arguments = new ArrayList<>(List.of("-proc:none", "-d", taskRoot.toString()));
    for (String source : sources) {
      String name = source.replaceFirst("(?s).*?class (\\w+).*", "$1");
      Path file = folder.resolve(name + ".java");
      Files.writeString(file, source);
      arguments.add(file.toString());
    }
    assertThat(compiler.run(null, null, null, arguments.toArray(String[]::new))).isZero();
  }

  private void moveToLibrary(String classFile) throws IOException {
    Path jar = Files.createDirectories(taskRoot.resolve("lib")).resolve("guard.jar");
    try (OutputStream out = Files.newOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry(classFile));
      zip.write(Files.readAllBytes(taskRoot.resolve(classFile)));
    }
    Files.delete(taskRoot.resolve(classFile));
  }
}
