package io.leakguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
    try (URLClassLoader without = withoutRuntimeClient()) {
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

  @Test
  void runtimeClient_missing_hasTheNextStartGoWithoutTheGuard(@TempDir Path temporary)
      throws Exception {
    String before = System.setProperty("java.io.tmpdir", temporary.toString());
    Thread thread = Thread.currentThread();
    ClassLoader own = thread.getContextClassLoader();
    try (URLClassLoader without = withoutRuntimeClient()) {
      thread.setContextClassLoader(without);
      Constructor<?> handler =
          without
              .loadClass(GuardedHandler.class.getName())
              .getDeclaredConstructor(without.loadClass(Host.class.getName()));
      handler.setAccessible(true);
      Object host =
          Proxy.newProxyInstance(
              without,
              new Class<?>[] {without.loadClass(Host.class.getName())},
              (proxy, method, arguments) -> Copies.class.getName());

      assertThatThrownBy(() -> handler.newInstance(host))
          .cause()
          .isInstanceOf(IllegalStateException.class);

      assertThat(temporary.resolve(NextStart.FILE)).exists();
      assertThat(Path.of("../guard-layer/src/main/layer/leakguard"))
          .content()
          .contains("/" + NextStart.FILE + '"');
    } finally {
      thread.setContextClassLoader(own);
      System.setProperty("java.io.tmpdir", before);
    }
  }

  @Test
  void guard_thatCannotBeMade_leavesTheFunctionWithout() throws IOException {
    List<String> logged = new ArrayList<>();
    Host host =
        host(
            (proxy, method, arguments) -> {
              if (method.getName().equals("log")) {
                logged.add((String) arguments[0]);
              } else if (arguments[0].equals("LEAKGUARD_POLICY")) {
                throw new IllegalStateException("no environment");
              }
              return "LEAKGUARD_HANDLER".equals(arguments[0])
                  ? Copies.class.getName() + "::copy"
                  : null;
            });
    ByteArrayOutputStream output = new ByteArrayOutputStream();

    new GuardedHandler(host)
        .handleRequest(
            new ByteArrayInputStream("event".getBytes(StandardCharsets.UTF_8)),
            output,
            new FakeContext("request-1"));

    assertThat(output.toString(StandardCharsets.UTF_8)).isEqualTo("event");
    assertThat(logged)
        .containsExactly(
            "LeakGuard: the function runs without its guard:"
                + " java.lang.IllegalStateException: no environment");
  }

  private static Host host(InvocationHandler behaviour) {
    return (Host)
        Proxy.newProxyInstance(Host.class.getClassLoader(), new Class<?>[] {Host.class}, behaviour);
  }

  private static URLClassLoader withoutRuntimeClient() throws IOException {
    List<URL> urls = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      if (!entry.contains("runtime-interface-client")) {
        urls.add(Path.of(entry).toUri().toURL());
      }
    }
    return new URLClassLoader(urls.toArray(new URL[0]), ClassLoader.getPlatformClassLoader());
  }

  /** Answers with the event. */
  public static final class Copies {
    public void copy(InputStream input, OutputStream output) throws IOException {
      input.transferTo(output);
    }
  }
}
