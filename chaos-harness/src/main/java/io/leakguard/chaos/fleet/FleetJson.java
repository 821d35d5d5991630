package io.leakguard.chaos.fleet;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.Collection;
import java.util.function.Function;

/** The report for programs; {@code docs/fleet.schema.json} describes it. */
public final class FleetJson {
  /** Changes only when a name changes its meaning. */
  private static final int SCHEMA_VERSION = 1;

  private FleetJson() {}

  /** The report as a tree. */
  public static JsonObject tree(FleetReport report) {
    JsonObject root = new JsonObject();
    root.addProperty("schemaVersion", SCHEMA_VERSION);
    root.addProperty("prefix", report.question().prefix());
    root.addProperty("region", report.region());
    root.add("window", window(report.question().window()));
    root.add("before", window(report.question().before()));
    root.add("counts", counts(report.counts()));
    root.add("leaks", array(report.leaks(), FleetJson::leak));
    root.add("coverage", coverage(report.coverage()));
    root.add("cost", cost(report));
    root.addProperty("complete", report.complete());
    JsonArray notes = new JsonArray();
    report.notes().forEach(notes::add);
    root.add("notes", notes);
    return root;
  }

  private static <T> JsonArray array(Collection<T> all, Function<T, JsonObject> one) {
    JsonArray array = new JsonArray();
    all.forEach(element -> array.add(one.apply(element)));
    return array;
  }

  private static JsonObject window(Window window) {
    JsonObject json = new JsonObject();
    json.addProperty("start", window.start().toString());
    json.addProperty("end", window.end().toString());
    return json;
  }

  private static JsonObject counts(FleetReport.Counts counts) {
    JsonObject json = new JsonObject();
    json.addProperty("leaks", counts.leaks());
    json.addProperty("new", counts.fresh());
    json.addProperty("grown", counts.grown());
    json.addProperty("gone", counts.gone());
    json.addProperty("suspects", counts.suspects());
    return json;
  }

  private static JsonObject leak(Leak leak) {
    JsonObject json = new JsonObject();
    json.addProperty("fingerprint", leak.fingerprint());
    json.addProperty("change", leak.change().text());
    json.addProperty("kind", leak.kind());
    json.addProperty("family", leak.family());
    known(json, "meaning", leak.meaning());
    known(json, "startedBy", leak.startedBy());
    json.addProperty("count", leak.count());
    json.addProperty("before", leak.before());
    if (Double.isFinite(leak.growth())) {
      json.addProperty("growth", leak.growth());
    }
    json.addProperty("most", leak.most());
    json.addProperty("firstSeen", leak.firstSeen().toString());
    json.addProperty("lastSeen", leak.lastSeen().toString());
    json.add("functions", array(leak.functions(), FleetJson::place));
    json.add("deploy", deploy(leak.deploy()));
    return json;
  }

  private static JsonObject place(Leak.Place place) {
    JsonObject json = new JsonObject();
    json.addProperty("name", place.function());
    JsonArray versions = new JsonArray();
    place.versions().forEach(versions::add);
    json.add("versions", versions);
    json.addProperty("count", place.count());
    known(json, "owner", place.owner());
    return json;
  }

  private static JsonObject deploy(Leak.Deploy deploy) {
    JsonObject json = new JsonObject();
    json.addProperty("function", deploy.function());
    json.addProperty("version", deploy.build().version());
    known(json, "commit", deploy.build().commit());
    if (deploy.previous() != null) {
      json.addProperty("previousVersion", deploy.previous().version());
      known(json, "previousCommit", deploy.previous().commit());
    }
    return json;
  }

  private static JsonObject coverage(Coverage coverage) {
    JsonObject json = new JsonObject();
    json.addProperty("functions", coverage.functions());
    json.addProperty("guarded", coverage.guarded());
    json.addProperty("idle", coverage.idle());
    json.addProperty("otherRuntimes", coverage.otherRuntimes());
    json.addProperty("listed", coverage.listed());
    json.add("silent", array(coverage.silent(), FleetJson::silent));
    return json;
  }

  private static JsonObject silent(Coverage.Silent silent) {
    JsonObject json = new JsonObject();
    json.addProperty("function", silent.function());
    json.addProperty("runtime", silent.runtime());
    json.addProperty("lastLine", silent.lastLine().toString());
    known(json, "owner", silent.owner());
    return json;
  }

  private static JsonObject cost(FleetReport report) {
    JsonObject json = new JsonObject();
    json.addProperty("queries", report.cost().queries());
    json.addProperty("bytesScanned", report.cost().bytes());
    json.addProperty("linesScanned", report.cost().lines());
    json.addProperty("usd", report.cost().dollars(report.question().price()));
    json.addProperty("usdPerGb", report.question().price());
    return json;
  }

  /** What is not known is left out. */
  private static void known(JsonObject json, String name, String value) {
    if (!value.isEmpty()) {
      json.addProperty(name, value);
    }
  }
}
