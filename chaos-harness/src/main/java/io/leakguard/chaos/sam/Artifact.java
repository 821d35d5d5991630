package io.leakguard.chaos.sam;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What is run for a function: built code that can be laid out as the managed runtime has it. */
public sealed interface Artifact permits FunctionCode {

  /**
   * Finds a function's built code and checks that its handler class is in it: the output that the
   * {@code CodeUri} leads to, or {@code .aws-sam/build/<LogicalId>} beside the template where that
   * is newer.
   *
   * @throws TemplateException if there is none, or the handler class is not in it
   */
  static Artifact locate(Template template, FunctionDefinition function) {
    return new ArtifactLocator(template.origin(), function).locate();
  }

  /** The file or folder, as messages name it. */
  Path location();

  /** What the user should know of it, a line each. */
  default List<String> notes() {
    return List.of();
  }

  /**
   * What the handler takes, by its method's first parameter; empty where that is no event of AWS's
   * library, text or list.
   */
  default Optional<EventSource> handlerEvent() {
    return Optional.empty();
  }

  /**
   * Whether the code or a layer of the template brings a file.
   *
   * @param path in production, below {@code /var/task} or {@code /opt}
   */
  boolean brings(String path);

  /**
   * Copies everything of the layers, as Lambda unpacks them to {@code /opt}: the later ones over
   * the earlier.
   *
   * @param opt an empty folder, or one that does not exist yet
   * @throws TemplateException if they cannot be read, or hold what must not be copied
   */
  void stageLayers(Path opt);

  /**
   * Copies the code into the layout of the managed runtime: classes and resources at the root, jars
   * in {@code lib/}. Nothing is written outside the folder.
   *
   * @param taskRoot an empty folder, or one that does not exist yet
   * @throws TemplateException if the code cannot be read, or holds what must not be copied
   */
  void stage(Path taskRoot);
}
