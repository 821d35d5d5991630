package io.leakguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@link GuardedHandler} says of its variable; how it runs is tested in JVMs of their own. */
class GuardedHandlerSettingTest {
  private static GuardedHandler handlerFor(String value) {
    return new GuardedHandler(new FakeHost().variable("LEAKGUARD_HANDLER", value));
  }

  private static void isRefused(String value, String message) {
    assertThatThrownBy(() -> handlerFor(value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void handler_notSet_isRefused() {
    isRefused(null, "LEAKGUARD_HANDLER must be package.Class or package.Class::method: not set");
  }

  @Test
  void handler_withoutClassOrMethod_isRefused() {
    isRefused(" ", "LEAKGUARD_HANDLER must be package.Class or package.Class::method: \" \"");
    isRefused(
        "::run", "LEAKGUARD_HANDLER must be package.Class or package.Class::method: \"::run\"");
    isRefused(
        "a.B::", "LEAKGUARD_HANDLER must be package.Class or package.Class::method: \"a.B::\"");
  }

  @Test
  void handler_theGuardItself_isRefused() {
    isRefused(
        "io.leakguard.GuardedHandler::handleRequest",
        "LEAKGUARD_HANDLER must name the handler to guard, not the guard:"
            + " io.leakguard.GuardedHandler::handleRequest");
  }

  @Test
  void handler_unknownClass_isRefused() {
    isRefused(
        "com.acme.Missing",
        "LEAKGUARD_HANDLER must name a class of the function: com.acme.Missing");
  }

  @Test
  void handler_blanksAround_areLeftOut() throws IOException {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    handlerFor(" " + Copies.class.getName() + "::copy\n")
        .handleRequest(
            new ByteArrayInputStream("event".getBytes(StandardCharsets.UTF_8)),
            output,
            new FakeContext("request-1"));
    assertThat(output.toString(StandardCharsets.UTF_8)).isEqualTo("event");
  }

  @Test
  void runtimeClient_missing_saysWhatToUseInstead() throws Exception {
    List<URL> urls = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      if (!entry.contains("runtime-interface-client")) {
        urls.add(Path.of(entry).toUri().toURL());
      }
    }
    try (URLClassLoader without =
        new URLClassLoader(urls.toArray(new URL[0]), ClassLoader.getPlatformClassLoader())) {
      Method load =
          without
              .loadClass(RuntimeHandler.class.getName())
              .getDeclaredMethod("load", String.class, ClassLoader.class);
      load.setAccessible(true);
      assertThatThrownBy(() -> load.invoke(null, Copies.class.getName(), without))
          .isInstanceOf(InvocationTargetException.class)
          .cause()
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("EventHandlerLoader.loadEventHandler")
          .hasMessageContaining("call LeakGuard.wrap")
          .hasMessageContaining("NoClassDefFoundError");
    }
  }

  /** Answers with the event. */
  public static final class Copies {
    public void copy(InputStream input, OutputStream output) throws IOException {
      input.transferTo(output);
    }
  }
}
