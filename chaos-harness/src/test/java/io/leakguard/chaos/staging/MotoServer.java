package io.leakguard.chaos.staging;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * AWS's API on this machine: {@code moto_server} of PyPI's {@code moto[server]}, named by the
 * variable {@code LEAKGUARD_MOTO} or found on the PATH. Where there is none, tests are skipped.
 */
public final class MotoServer implements AutoCloseable {
  /** The account that everybody has there. */
  public static final String ACCOUNT = "123456789012";

  private static final Pattern RUNNING = Pattern.compile(".*Running on (http://[0-9.]+:\\d+).*");

  private final Process process;
  private final URI address;

  private MotoServer(Process process, URI address) {
    this.process = process;
    this.address = address;
  }

  public static MotoServer start() throws IOException {
    Optional<Path> program = program();
    Assumptions.assumeTrue(
        program.isPresent(),
        "no AWS API here: pip install 'moto[server]', then LEAKGUARD_MOTO=.../bin/moto_server");
    Process process =
        new ProcessBuilder(program.get().toString(), "-H", "127.0.0.1", "-p", "0")
            .redirectErrorStream(true)
            .start();
    BufferedReader said =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    for (String line = said.readLine(); line != null; line = said.readLine()) {
      Matcher matcher = RUNNING.matcher(line);
      if (matcher.matches()) {
        drain(said);
        return new MotoServer(process, URI.create(matcher.group(1)));
      }
    }
    return Assumptions.abort(program.get() + " did not start");
  }

  private static Optional<Path> program() {
    String named = System.getenv("LEAKGUARD_MOTO");
    if (named != null) {
      return Optional.of(Path.of(named)).filter(Files::isExecutable);
    }
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, "moto_server"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** A full pipe would stop it. */
  private static void drain(BufferedReader said) {
    Thread reader =
        new Thread(
            () -> {
              try (said) {
                while (said.readLine() != null) {
                  // Its access log.
                }
              } catch (IOException e) {
                // It has ended.
              }
            },
            "moto-output");
    reader.setDaemon(true);
    reader.start();
  }

  public URI address() {
    return address;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
