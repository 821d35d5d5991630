package io.leakguard.chaos.results;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Makes one whole of the results of several runs, such as the shards of a matrix. A cell that two
 * runs have is taken once, with the graver verdict; where verdicts differ, it is named.
 */
public final class Merge {
  /** Gravest first; what is not known is no verdict. */
  private static final List<String> GRAVITY = List.of("leak", "harness-fault", "failed", "clean");

  private final Map<String, JsonObject> cells = new LinkedHashMap<>();
  private final Map<String, String> origins = new LinkedHashMap<>();
  private final JsonArray conflicts = new JsonArray();
  private final JsonArray runs = new JsonArray();
  private final JsonObject whole = new JsonObject();
  private final Set<Shard> shards = new HashSet<>();
  private boolean unsharded;

  private Merge() {}

  /**
   * Merges results.
   *
   * @param files at least one, by the name that messages use
   * @return the only one as it is, else a new tree
   */
  public static JsonObject of(Map<String, JsonObject> files) {
    if (files.size() == 1 && files.values().iterator().next().get("shard") == null) {
      return files.values().iterator().next();
    }
    Merge merge = new Merge();
    files.forEach(merge::add);
    return merge.finish();
  }

  private void add(String file, JsonObject root) {
    for (Map.Entry<String, JsonElement> entry : root.entrySet()) {
      switch (entry.getKey()) {
        case "cells" -> entry.getValue().getAsJsonArray().forEach(cell -> addCell(file, cell));
        case "controls" -> addControls(entry.getValue().getAsJsonObject());
        case "template" -> addTemplate(entry.getValue().getAsString());
        case "started" -> addStarted(entry.getValue().getAsString());
        case "seconds" -> addSeconds(entry.getValue().getAsDouble());
        case "shard", "command" -> {
          // They are about one run; shards stand under runs.
        }
        default -> addOther(entry.getKey(), entry.getValue());
      }
    }
    addRun(file, root);
  }

  private void addRun(String file, JsonObject root) {
    JsonElement shard = root.get("shard");
    if (root.has("runs") && root.get("runs").isJsonArray()) {
      root.getAsJsonArray("runs").forEach(this::addMergedRun);
      return;
    }
    JsonObject run = new JsonObject();
    run.addProperty("file", file);
    for (String name : List.of("shard", "started", "seconds")) {
      if (root.has(name)) {
        run.add(name, root.get(name));
      }
    }
    runs.add(run);
    noteShard(shard);
  }

  private void addMergedRun(JsonElement run) {
    runs.add(run);
    noteShard(run.getAsJsonObject().get("shard"));
  }

  private void noteShard(JsonElement shard) {
    if (shard == null || shard.getAsString().isEmpty()) {
      unsharded = true;
    } else {
      shards.add(Shard.parse(shard.getAsString()));
    }
  }

  private void addCell(String file, JsonElement element) {
    JsonObject cell = element.getAsJsonObject();
    String key = cell.get("function").getAsString() + " under " + cell.get("shape").getAsString();
    JsonObject known = cells.get(key);
    if (known == null) {
      cells.put(key, cell);
      origins.put(key, file);
      return;
    }
    String before = known.get("verdict").getAsString();
    String now = cell.get("verdict").getAsString();
    if (!before.equals(now)) {
      conflicts.add("%s: %s in %s, %s in %s".formatted(key, before, origins.get(key), now, file));
      if (gravity(now) < gravity(before)) {
        cells.put(key, cell);
        origins.put(key, file);
      }
    }
  }

  private static int gravity(String verdict) {
    return Math.floorMod(GRAVITY.indexOf(verdict), GRAVITY.size() + 1);
  }

  /** A whole is as sound as the worst of its runs. */
  private void addControls(JsonObject controls) {
    JsonObject worst = whole.getAsJsonObject("controls");
    if (worst == null || areNone(worst)) {
      whole.add("controls", controls.deepCopy());
      return;
    }
    if (areNone(controls)) {
      return;
    }
    keepIfNot(worst, controls, "negative", "clean");
    keepIfNot(worst, controls, "positive", "leak");
  }

  /** A run on functions that are deployed has none, which speaks for nothing. */
  private static boolean areNone(JsonObject controls) {
    return List.of("negative", "positive").stream()
        .allMatch(
            name -> controls.has(name) && controls.get(name).getAsString().equals(Results.NOT_RUN));
  }

  private static void keepIfNot(JsonObject worst, JsonObject next, String name, String sound) {
    JsonElement verdict = next.get(name);
    if (verdict == null || !verdict.getAsString().equals(sound)) {
      worst.add(name, verdict == null ? new JsonPrimitive("harness-fault") : verdict);
    }
  }

  private void addTemplate(String template) {
    JsonElement known = whole.get("template");
    if (known == null) {
      whole.addProperty("template", template);
    } else if (!List.of(known.getAsString().split(", ")).contains(template)) {
      whole.addProperty("template", known.getAsString() + ", " + template);
    }
  }

  private void addStarted(String started) {
    JsonElement known = whole.get("started");
    if (known == null || instant(started).isBefore(instant(known.getAsString()))) {
      whole.addProperty("started", started);
    }
  }

  private static Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      return Instant.MAX;
    }
  }

  private void addSeconds(double seconds) {
    double known = whole.has("seconds") ? whole.get("seconds").getAsDouble() : 0;
    whole.addProperty("seconds", Math.round((known + seconds) * 10) / 10.0);
  }

  /** Objects are joined by name, arrays one after the other; of anything else the first stays. */
  private void addOther(String name, JsonElement value) {
    JsonElement known = whole.get(name);
    if (known == null) {
      whole.add(name, value.deepCopy());
    } else if (known.isJsonObject() && value.isJsonObject()) {
      for (Map.Entry<String, JsonElement> entry : value.getAsJsonObject().entrySet()) {
        if (!known.getAsJsonObject().has(entry.getKey())) {
          known.getAsJsonObject().add(entry.getKey(), entry.getValue());
        }
      }
    } else if (known.isJsonArray() && value.isJsonArray()) {
      for (JsonElement each : value.getAsJsonArray()) {
        if (!known.getAsJsonArray().contains(each)) {
          known.getAsJsonArray().add(each);
        }
      }
    }
  }

  private JsonObject finish() {
    JsonArray all = new JsonArray();
    inOrder().forEach(all::add);
    whole.add("cells", all);
    dropRun();
    add("conflicts", conflicts);
    whole.add("runs", runs);
    JsonArray missing = new JsonArray();
    missingShards().forEach(missing::add);
    whole.add("missingShards", missing);
    return whole;
  }

  /** By shape and then by function, as one run of everything has them. */
  private List<JsonObject> inOrder() {
    List<String> shapes = new ArrayList<>();
    if (whole.get("shapes") instanceof JsonArray named) {
      named.forEach(shape -> shapes.add(String.valueOf(shape).replace("\"", "")));
    }
    List<String> functions =
        whole.get("functions") instanceof JsonObject named
            ? List.copyOf(named.keySet())
            : List.of();
    List<JsonObject> sorted = new ArrayList<>(cells.values());
    // What stands in neither keeps its place behind the others.
    sorted.sort(
        Comparator.comparingInt((JsonObject cell) -> place(shapes, cell.get("shape")))
            .thenComparingInt(cell -> place(functions, cell.get("function"))));
    return sorted;
  }

  private static int place(List<String> order, JsonElement name) {
    int place = order.indexOf(name.getAsString());
    return place < 0 ? order.size() : place;
  }

  private void add(String name, JsonArray values) {
    addOther(name, values);
  }

  /** What one run could not do, another may have done. */
  private void dropRun() {
    if (whole.has("notRun")) {
      Set<String> run = new HashSet<>();
      cells.values().forEach(cell -> run.add(cell.get("function").getAsString()));
      run.forEach(whole.getAsJsonObject("notRun")::remove);
    }
    if (whole.has("shapesNotRun")) {
      JsonArray left = new JsonArray();
      for (JsonElement each : whole.getAsJsonArray("shapesNotRun")) {
        JsonObject cell = each.getAsJsonObject();
        JsonElement function = cell.get("function");
        String key =
            (function == null ? "" : function.getAsString())
                + " under "
                + cell.get("shape").getAsString();
        if (!cells.containsKey(key)) {
          left.add(each);
        }
      }
      whole.add("shapesNotRun", left);
    }
  }

  /** A run of the whole matrix lacks nothing. */
  private List<String> missingShards() {
    if (unsharded || shards.isEmpty()) {
      return List.of();
    }
    List<String> missing = new ArrayList<>();
    for (int of : new TreeSet<>(shards.stream().map(Shard::of).toList())) {
      for (int part = 1; part <= of; part++) {
        if (!shards.contains(new Shard(part, of))) {
          missing.add(new Shard(part, of).toString());
        }
      }
    }
    return missing;
  }
}
