package io.leakguard.chaos.proxy;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

/** An answer of the API. */
record Reply(int status, String contentType, String body) {
  private static final Gson GSON = new GsonBuilder().serializeNulls().create();
  private static final String PLAIN = "text/plain; charset=utf-8";

  static Reply json(int status, JsonElement json) {
    return new Reply(status, "application/json", GSON.toJson(json));
  }

  static Reply plain(int status, String text) {
    return new Reply(status, PLAIN, text + "\n");
  }

  static Reply nothing(int status) {
    return new Reply(status, "", "");
  }

  /** The original sends errors as JSON that says it is plain text. */
  static Reply refused(ApiException refused) {
    return plain(refused.status(), GSON.toJson(error(refused)));
  }

  static JsonObject error(ApiException refused) {
    JsonObject json = new JsonObject();
    json.addProperty("error", refused.getMessage());
    json.addProperty("status", refused.status());
    return json;
  }
}
