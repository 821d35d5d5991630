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
  private final List<FunctionDefinition> functions = new ArrayList<>();
  private final List<SkippedFunction> skipped = new ArrayList<>();

  private Template(Origin origin) {
    this.origin = origin;
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
    Origin origin = new Origin(file);
    Value.Fields root = YamlTree.parse(origin, TemplateText.read(origin));
    if (!(root.get("Resources") instanceof Value.Fields resources)) {
      throw origin.error(
          0, "not a template: it has no Resources", "a SAM or CloudFormation template is needed");
    }
    Parameters parameters =
        new Parameters(origin, root.fields("Parameters"), Map.copyOf(parameterOverrides));
    Template template = new Template(origin);
    template.readFunctions(root, resources, new Resolver(origin, root, parameters));
    return template;
  }

  private void readFunctions(Value.Fields root, Value.Fields resources, Resolver resolver) {
    Value.Fields globals = root.fields("Globals").fields("Function");
    FunctionReader reader =
        new FunctionReader(origin, resolver, new Layers(origin, resources, resolver));
    for (Map.Entry<String, Value> entry : resources.values().entrySet()) {
      String id = entry.getKey();
      if (id.startsWith("Fn::ForEach")) {
        skip(id, origin.at(entry.getValue().line()) + ": Fn::ForEach is not expanded locally");
      } else if (entry.getValue() instanceof Value.Fields resource && isFunction(resource)) {
        readFunction(reader, id, resource, globals);
      }
    }
    if (functions.isEmpty() && skipped.isEmpty()) {
      throw origin.error(
          resources.line(),
          "the template has no function",
          "a resource of type AWS::Serverless::Function is needed");
    }
  }

  private static boolean isFunction(Value.Fields resource) {
    return resource.get("Type") instanceof Value.Text type && FUNCTION_TYPES.contains(type.text());
  }

  private void readFunction(
      FunctionReader reader, String id, Value.Fields resource, Value.Fields globals) {
    boolean sam = resource.get("Type") instanceof Value.Text t && t.text().equals(SAM_FUNCTION);
    Value.Fields own = resource.fields("Properties");
    try {
      functions.add(reader.read(id, resource, sam ? Globals.merge(globals, own) : own));
    } catch (CannotRun e) {
      skip(id, e.getMessage());
    }
  }

  private void skip(String id, String reason) {
    skipped.add(new SkippedFunction(id, reason));
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
