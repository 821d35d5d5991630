package io.leakguard.chaos;

import io.leakguard.chaos.sam.Artifact;
import io.leakguard.chaos.sam.FunctionDefinition;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The program that a function's {@code AWS_LAMBDA_EXEC_WRAPPER} names: Lambda calls it with the
 * command that starts the runtime.
 *
 * @param path in production, below {@code /opt} or {@code /var/task}
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/runtimes-modify.html">Modifying the
 *     runtime environment</a>
 */
record ExecWrapper(String path) {
  static final String VARIABLE = "AWS_LAMBDA_EXEC_WRAPPER";

  /** The function's wrapper; empty where it has none, or one that neither code nor layers bring. */
  static Optional<ExecWrapper> of(FunctionDefinition function, Artifact artifact) {
    return Optional.ofNullable(function.environment().get(VARIABLE))
        .filter(path -> Path.of(path).normalize().toString().equals(path))
        .filter(artifact::brings)
        .map(ExecWrapper::new);
  }

  /**
   * The program in its staged place, which is made executable: a zip keeps its permissions where
   * they are not read.
   *
   * @param taskRoot the function's staged code
   * @param opt its staged layers
   */
  Path staged(Path taskRoot, Path opt) {
    Path root = path.startsWith("/opt/") ? opt : taskRoot;
    Path program = root.resolve(path.replaceFirst("^/(opt|var/task)/", ""));
    if (!Files.isExecutable(program) && !program.toFile().setExecutable(true)) {
      throw new IllegalStateException("must be able to make " + program + " executable");
    }
    return program;
  }
}
