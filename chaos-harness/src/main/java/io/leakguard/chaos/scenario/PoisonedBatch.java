package io.leakguard.chaos.scenario;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;

/** A batch of records, as queues and streams send them, with one that cannot be read. */
public final class PoisonedBatch {
  private static final String RECORDS = "Records";
  private static final String BODY = "body";
  private static final String ATTRIBUTES = "attributes";

  private PoisonedBatch() {}

  /** Whether an event is a batch of records with bodies. */
  public static boolean isBatch(String event) {
    try {
      return lastRecord(JsonParser.parseString(event)) != null;
    } catch (JsonParseException e) {
      // An event from a file may be anything.
      return false;
    }
  }

  /** The event with its last record cut off in mid-body and received so many times. */
  static String of(String event, int received) {
    JsonElement root = JsonParser.parseString(event);
    JsonObject record = lastRecord(root);
    if (record == null) {
      return event;
    }
    String body = record.get(BODY).getAsString();
    record.addProperty(BODY, body.substring(0, body.length() / 2));
    if (record.get(ATTRIBUTES) instanceof JsonObject attributes) {
      attributes.addProperty("ApproximateReceiveCount", Integer.toString(received));
    }
    return root.toString();
  }

  private static JsonObject lastRecord(JsonElement root) {
    if (!(root instanceof JsonObject event && event.get(RECORDS) instanceof JsonArray records)) {
      return null;
    }
    boolean hasBody =
        !records.isEmpty()
            && records.get(records.size() - 1) instanceof JsonObject last
            && last.get(BODY) != null
            && last.get(BODY).isJsonPrimitive();
    return hasBody ? records.get(records.size() - 1).getAsJsonObject() : null;
  }
}
