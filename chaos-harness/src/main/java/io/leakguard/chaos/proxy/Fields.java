package io.leakguard.chaos.proxy;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.util.Map;
import java.util.function.Predicate;

/**
 * A JSON object as the original reads it: names in any case, null as absent, unknown names ignored,
 * types exact.
 */
final class Fields {
  private static final Gson GSON = new Gson();

  private final JsonObject json;

  private Fields(JsonObject json) {
    this.json = json;
  }

  /**
   * Reads the first JSON value of a text.
   *
   * @throws ApiException when there is none
   */
  static JsonElement parse(String text) {
    JsonReader reader = new JsonReader(new StringReader(text));
    reader.setStrictness(Strictness.STRICT);
    try {
      return GSON.getAdapter(JsonElement.class).read(reader);
    } catch (EOFException e) {
      throw bad(text.isBlank() ? "EOF" : "unexpected EOF");
    } catch (IOException | JsonParseException | IllegalStateException e) {
      throw bad(String.valueOf(e.getMessage()));
    }
  }

  /**
   * The fields of a value; none of null.
   *
   * @throws ApiException when it is not an object
   */
  static Fields of(JsonElement value) {
    if (value.isJsonNull()) {
      return new Fields(new JsonObject());
    }
    if (!value.isJsonObject()) {
      throw bad("must be an object: " + value);
    }
    return new Fields(value.getAsJsonObject());
  }

  static ApiException bad(String why) {
    return new ApiException(400, "bad request body: " + why);
  }

  String text(String name, String otherwise) {
    JsonElement value = value(name);
    return value.isJsonNull()
        ? otherwise
        : primitive(name, value, JsonPrimitive::isString, "a string").getAsString();
  }

  boolean flag(String name, boolean otherwise) {
    JsonElement value = value(name);
    return value.isJsonNull()
        ? otherwise
        : primitive(name, value, JsonPrimitive::isBoolean, "true or false").getAsBoolean();
  }

  long integer(String name, long otherwise) {
    JsonElement value = value(name);
    if (value.isJsonNull()) {
      return otherwise;
    }
    try {
      return new BigDecimal(
              primitive(name, value, JsonPrimitive::isNumber, "a whole number").getAsString())
          .longValueExact();
    } catch (ArithmeticException e) {
      throw bad(name + " must be a whole number: " + value);
    }
  }

  float real(String name, float otherwise) {
    JsonElement value = value(name);
    if (value.isJsonNull()) {
      return otherwise;
    }
    float real = primitive(name, value, JsonPrimitive::isNumber, "a number").getAsFloat();
    if (!Float.isFinite(real)) {
      throw bad(name + " must be a number of 32 bits: " + value);
    }
    return real;
  }

  Fields object(String name) {
    return of(value(name));
  }

  private JsonElement value(String name) {
    JsonElement found = JsonNull.INSTANCE;
    for (Map.Entry<String, JsonElement> entry : json.entrySet()) {
      if (entry.getKey().equalsIgnoreCase(name)) {
        found = entry.getValue();
      }
    }
    return found;
  }

  private static JsonPrimitive primitive(
      String name, JsonElement value, Predicate<JsonPrimitive> type, String what) {
    if (!value.isJsonPrimitive() || !type.test(value.getAsJsonPrimitive())) {
      throw bad(name + " must be " + what + ": " + value);
    }
    return value.getAsJsonPrimitive();
  }
}
