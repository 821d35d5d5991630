package io.leakguard.chaos.proxy;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.math.BigDecimal;
import java.util.random.RandomGenerator;

/** A toxic of a proxy, which acts on all its connections. Confined to the thread of connections. */
final class Toxic {
  private final String name;
  private final String type;
  private final String stream;
  private final Direction direction;
  private ToxicKind kind;
  private float toxicity;

  private Toxic(String name, String type, String stream, ToxicKind kind, float toxicity) {
    this.name = name;
    this.type = type;
    this.stream = stream;
    this.direction =
        Direction.parse(stream)
            .orElseThrow(
                () ->
                    new ApiException(
                        400, "stream was invalid, can be either upstream or downstream"));
    this.kind = kind;
    this.toxicity = toxicity;
  }

  /**
   * Makes a toxic of a request.
   *
   * @throws ApiException when it is not one
   */
  static Toxic of(Fields body) {
    String type = body.text("type", "");
    String stream = body.text("stream", "downstream");
    String name = body.text("name", "");
    float toxicity = body.real("toxicity", 1);
    ToxicKind kind = ToxicKind.of(type).orElse(null);
    Toxic toxic =
        new Toxic(name.isEmpty() ? type + "_" + stream : name, type, stream, kind, toxicity);
    if (kind == null) {
      throw new ApiException(400, "invalid toxic type");
    }
    toxic.update(body);
    return toxic;
  }

  /** Changes the attributes and the toxicity that are given. */
  void update(Fields body) {
    ToxicKind changed = kind.with(body.object("attributes"));
    toxicity = body.real("toxicity", toxicity);
    kind = changed;
  }

  String name() {
    return name;
  }

  Direction direction() {
    return direction;
  }

  ToxicKind kind() {
    return kind;
  }

  /** Rolls whether it acts, and begins. */
  Behaviour begin(RandomGenerator random) {
    return random.nextFloat() < toxicity ? kind.begin(random) : new Passing();
  }

  JsonObject json() {
    JsonObject json = new JsonObject();
    json.add("attributes", kind.json());
    json.addProperty("name", name);
    json.addProperty("type", type);
    json.addProperty("stream", stream);
    json.add(
        "toxicity",
        new JsonPrimitive(new BigDecimal(Float.toString(toxicity)).stripTrailingZeros()));
    return json;
  }
}
