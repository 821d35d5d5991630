package io.leakguard.chaos.sam;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The layers that the template itself defines, found again by the ARN that a Ref gives. */
final class Layers {
  private static final String JAVA = "java";

  private final Origin origin;
  private final Map<String, Path> contentByArn = new HashMap<>();

  Layers(Origin origin, Value.Fields resources, Resolver resolver) {
    this.origin = origin;
    for (String id : resources.values().keySet()) {
      Value.Fields resource = resources.fields(id);
      if (resource.get("Type") instanceof Value.Text type
          && type.text().endsWith("::LayerVersion")) {
        add(id, resource, resolver);
      }
    }
  }

  private void add(String id, Value.Fields layer, Resolver resolver) {
    Value.Fields properties = layer.fields("Properties");
    Value content =
        properties.values().containsKey("ContentUri")
            ? properties.get("ContentUri")
            : properties.get("Content");
    if (resolver.resolve(content) instanceof Value.Text path
        && resolver.named(id, layer.line()) instanceof Value.Text arn) {
      path(path.text()).ifPresent(local -> contentByArn.put(arn.text(), built(id, local)));
    }
  }

  /**
   * What {@code sam build} made of it, or a module's own build in {@code target/layer}, whichever
   * is newer; else the content itself.
   */
  private Path built(String id, Path content) {
    if (Files.isDirectory(content.resolve(JAVA))) {
      return content;
    }
    List<Path> made = new ArrayList<>();
    made.add(origin.folder().resolve(".aws-sam").resolve("build").resolve(id));
    if (SourceProject.isAt(content)) {
      made.addAll(SourceProject.at(content).layers());
    }
    return made.stream()
        .filter(folder -> Files.isDirectory(folder.resolve(JAVA)))
        .max(Comparator.comparing(Newest::of))
        .orElse(content);
  }

  private Optional<Path> path(String location) {
    try {
      return location.startsWith("s3://")
          ? Optional.empty()
          : Optional.of(origin.folder().resolve(location).normalize());
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  /** The local layers of a function in their order; a note for each that is elsewhere. */
  List<Path> of(Properties properties) {
    List<Path> found = new ArrayList<>();
    if (properties.get("Layers") instanceof Value.Items items) {
      for (Value item : items.values()) {
        Path content = item instanceof Value.Text arn ? contentByArn.get(arn.text()) : null;
        if (content == null) {
          properties.note(item.line(), "the layer " + shown(item) + " is not local: left out");
        } else {
          found.add(content);
        }
      }
    }
    return found;
  }

  private static String shown(Value item) {
    if (item instanceof Value.Text text) {
      return "'" + text.text() + "'";
    }
    return item instanceof Value.Unresolved unknown ? "'" + unknown.placeholder() + "'" : "";
  }
}
