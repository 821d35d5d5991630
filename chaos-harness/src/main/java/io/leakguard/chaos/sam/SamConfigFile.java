package io.leakguard.chaos.sam;

import io.leakguard.chaos.text.IoReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlTable;

/** Finds a project's {@code samconfig} file and reads it as maps, lists and scalars. */
final class SamConfigFile {
  /** Of several files SAM reads the first. */
  private static final List<String> NAMES =
      List.of("samconfig.toml", "samconfig.yaml", "samconfig.yml");

  private static final long MAX_BYTES = 1024 * 1024;

  private SamConfigFile() {}

  /** The file beside a template; the first name where there is none. */
  static Origin beside(Origin template) {
    Path folder = template.folder();
    String name =
        NAMES.stream()
            .filter(each -> Files.exists(folder.resolve(each)))
            .findFirst()
            .orElse(NAMES.get(0));
    return new Origin(folder.resolve(name));
  }

  /**
   * Reads it.
   *
   * @throws TemplateException if it cannot be read or is not of its format
   */
  static Map<?, ?> read(Origin origin, Origin template) {
    if (!ProjectRoot.of(template).holds(origin.file())) {
      throw origin.error(0, "this is a link to a place outside of the project");
    }
    try {
      if (Files.size(origin.file()) > MAX_BYTES) {
        throw origin.error(0, "larger than 1 MB");
      }
      String text = Files.readString(origin.file());
      return origin.file().toString().endsWith(".toml") ? toml(origin, text) : yaml(origin, text);
    } catch (IOException e) {
      throw origin.error(0, "cannot be read: " + IoReason.of(e));
    }
  }

  private static Map<?, ?> toml(Origin origin, String text) {
    TomlParseResult file = Toml.parse(text);
    if (file.hasErrors()) {
      TomlParseError first = file.errors().get(0);
      throw origin.error(first.position().line(), "not valid TOML: " + first.getMessage());
    }
    return (Map<?, ?>) plain(file);
  }

  private static Object plain(Object value) {
    if (value instanceof TomlTable table) {
      Map<String, Object> map = table.toMap();
      map.replaceAll((name, each) -> plain(each));
      return map;
    }
    return value instanceof TomlArray array
        ? array.toList().stream().map(SamConfigFile::plain).toList()
        : value;
  }

  private static Map<?, ?> yaml(Origin origin, String text) {
    LoadSettings settings = LoadSettings.builder().build();
    try {
      YamlTree.limitDepth(origin, new Parse(settings).parseString(text));
      Object root = new Load(settings).loadFromString(text);
      if (root == null) {
        return Map.of();
      }
      if (root instanceof Map<?, ?> map) {
        return map;
      }
      throw origin.error(1, "must be a mapping of environments");
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0);
      throw origin.error(line, "not valid YAML: " + e.getProblem());
    } catch (YamlEngineException e) {
      throw origin.error(0, "not valid YAML: " + e.getMessage());
    }
  }
}
