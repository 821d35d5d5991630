package io.leakguard.chaos.sam;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A SAM or CloudFormation template, read for a local run. Immutable. */
public final class Template {
  private static final String SAM_FUNCTION = "AWS::Serverless::Function";
  private static final Set<String> FUNCTION_TYPES = Set.of(SAM_FUNCTION, "AWS::Lambda::Function");

  private final Origin origin;
  private final List<String> secrets;
  private final List<FunctionDefinition> functions = new ArrayList<>();
  private final List<SkippedFunction> skipped = new ArrayList<>();

  private Template(Origin origin, List<String> secrets) {
    this.origin = origin;
    this.secrets = List.copyOf(secrets);
  }

  /**
   * Reads a template in YAML or JSON.
   *
   * @param file messages name it as it is given here
   * @param parameterOverrides values for declared parameters, by name; the others take their
   *     defaults
   * @throws TemplateException if the file cannot be read as a template, defines no function, or an
   *     override breaks a rule of its parameter
   */
  public static Template read(Path file, Map<String, String> parameterOverrides) {
    return read(file, new Overrides(parameterOverrides, Map.of(), Map.of()));
  }

  /**
   * Reads a template in YAML or JSON.
   *
   * @param file messages name it as it is given here
   * @param overrides what the user says instead
   * @throws TemplateException if the file cannot be read as a template, defines no function, or an
   *     override breaks a rule of its parameter
   */
  public static Template read(Path file, Overrides overrides) {
    Origin origin = new Origin(file);
    Value.Fields root = YamlTree.parse(origin, TemplateText.read(origin));
    if (!(root.get("Resources") instanceof Value.Fields resources)) {
      throw origin.error(
          0, "not a template: it has no Resources", "a SAM or CloudFormation template is needed");
    }
    Parameters parameters = new Parameters(origin, root.fields("Parameters"), overrides);
    Template template = new Template(origin, parameters.secrets());
    Resolver resolver = new Resolver(origin, root, parameters);
    template.readFunctions(
        root.fields("Globals").fields("Function"),
        resources,
        new FunctionReader(
            origin,
            resolver,
            new Layers(origin, resources, resolver),
            new LinkedEvents(resources, resolver),
            overrides));
    return template;
  }

  private void readFunctions(Value.Fields globals, Value.Fields resources, FunctionReader reader) {
    List<String> ids = functionIds(resources);
    for (Map.Entry<String, Value> entry : resources.values().entrySet()) {
      String id = entry.getKey();
      if (id.startsWith("Fn::ForEach")) {
        skip(id, origin.at(entry.getValue().line()) + ": Fn::ForEach is not expanded locally");
      } else if (entry.getValue() instanceof Value.Fields resource && isFunction(resource)) {
        readFunction(reader, id, resource, globals, ids);
      }
    }
    if (functions.isEmpty() && skipped.isEmpty()) {
      throw origin.error(
          resources.line(),
          "the template has no function",
          "a resource of type AWS::Serverless::Function is needed");
    }
  }

  private static List<String> functionIds(Value.Fields resources) {
    return resources.values().entrySet().stream()
        .filter(entry -> entry.getValue() instanceof Value.Fields fields && isFunction(fields))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static boolean isFunction(Value.Fields resource) {
    return resource.get("Type") instanceof Value.Text type && FUNCTION_TYPES.contains(type.text());
  }

  private void readFunction(
      FunctionReader reader,
      String id,
      Value.Fields resource,
      Value.Fields globals,
      List<String> ids) {
    boolean sam = resource.get("Type") instanceof Value.Text t && t.text().equals(SAM_FUNCTION);
    Value.Fields own = resource.fields("Properties");
    try {
      functions.add(reader.read(id, resource, sam ? Globals.merge(globals, own) : own, ids));
    } catch (CannotRun e) {
      skip(id, e.getMessage());
    }
  }

  private void skip(String id, String reason) {
    skipped.add(new SkippedFunction(id, reason));
  }

  /** The text without the values of parameters that are declared with {@code NoEcho}. */
  public String withoutSecrets(String text) {
    return Secrets.masked(text, secrets);
  }

  /** The values of parameters that are declared with {@code NoEcho}. */
  public List<String> secrets() {
    return secrets.stream().filter(Secrets::isOne).toList();
  }

  /** The file as it was given. */
  public Path file() {
    return origin.file();
  }

  /** The functions that can be run, in the order of the template; may be empty. */
  public List<FunctionDefinition> functions() {
    return List.copyOf(functions);
  }

  /** The functions that cannot be run, in the order of the template. */
  public List<SkippedFunction> skipped() {
    return List.copyOf(skipped);
  }

  Origin origin() {
    return origin;
  }
}
