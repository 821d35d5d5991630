package io.leakguard;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Looks through {@code HotSpotDiagnosticMXBean.dumpThreads}, the only public way to list virtual
 * threads; it writes a file.
 *
 * <p>By reflection: the method is there since JDK 21, and nothing of management may be loaded
 * before the first look. Not thread-safe.
 */
final class VirtualDump implements VirtualSource {
  private static final String BEAN = "com.sun.management.HotSpotDiagnosticMXBean";

  private Object bean;
  private Method dump;
  private Object plainText;

  @Override
  public void prepare() throws ReflectiveOperationException {
    if (dump != null) {
      return;
    }
    Class<?> type = Class.forName(BEAN);
    Class<?> format = Class.forName(BEAN + "$ThreadDumpFormat");
    bean =
        Class.forName("java.lang.management.ManagementFactory")
            .getMethod("getPlatformMXBean", Class.class)
            .invoke(null, type);
    plainText = format.getField("TEXT_PLAIN").get(null);
    dump = type.getMethod("dumpThreads", String.class, format);
  }

  @Override
  public VirtualListing look() throws IOException, ReflectiveOperationException {
    Path file = newFile();
    try {
      write(file);
      return read(file);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private void write(Path file) throws IOException, IllegalAccessException {
    try {
      dump.invoke(bean, file.toString(), plainText);
    } catch (InvocationTargetException e) {
      throw new IOException("no thread dump in " + file, e.getCause());
    }
  }

  private static VirtualListing read(Path file) throws IOException {
    try (Reader in = new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8)) {
      VirtualDumpParser parser = new VirtualDumpParser(in);
      List<Virtual> threads = parser.parse();
      return new VirtualListing(threads, parser.isComplete() && isTracked());
    }
  }

  /** The JDK refuses to write a file that exists, so a guessed name does no harm. */
  private static Path newFile() {
    String name = "leakguard-" + ProcessHandle.current().pid() + "-" + System.nanoTime();
    return Path.of(System.getProperty("java.io.tmpdir"), name + ".threads").toAbsolutePath();
  }

  /** With tracking off the JDK lists only those that an executor has started. */
  private static boolean isTracked() {
    String tracked = System.getProperty("jdk.trackAllThreads");
    return tracked == null || tracked.isEmpty() || Boolean.parseBoolean(tracked);
  }
}
