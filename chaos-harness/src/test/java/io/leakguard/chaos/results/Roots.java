package io.leakguard.chaos.results;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;

/** Small results for tests. */
final class Roots {
  private Roots() {}

  /** A sound run; each cell is {@code "function shape verdict"} and perhaps {@code key rate}. */
  static JsonObject of(String... cells) {
    JsonObject root = new JsonObject();
    root.addProperty("schemaVersion", 1);
    root.addProperty("started", "2026-11-26T02:00:00Z");
    root.addProperty("seconds", 10.5);
    root.addProperty("template", "template.yaml");
    JsonObject controls = new JsonObject();
    controls.addProperty("negative", "clean");
    controls.addProperty("positive", "leak");
    root.add("controls", controls);
    JsonArray all = new JsonArray();
    for (String cell : cells) {
      all.add(cell(cell.split(" ")));
    }
    root.add("cells", all);
    root.add("notRun", new JsonObject());
    return root;
  }

  static JsonObject shard(String shard, String... cells) {
    JsonObject root = of(cells);
    root.addProperty("shard", shard);
    return root;
  }

  private static JsonObject cell(String[] words) {
    JsonObject cell = new JsonObject();
    cell.addProperty("function", words[0]);
    cell.addProperty("shape", words[1]);
    cell.addProperty("verdict", words[2]);
    JsonArray findings = new JsonArray();
    if (words.length > 3) {
      JsonObject finding = new JsonObject();
      finding.addProperty("kind", "thread");
      finding.addProperty("fingerprint", words[3]);
      finding.addProperty("family", "pool-N-thread-N");
      finding.addProperty("perInvocation", Double.parseDouble(words[4]));
      findings.add(finding);
    }
    cell.add("findings", findings);
    return cell;
  }

  static Results results(String... cells) {
    return ResultsFile.model(of(cells));
  }
}
