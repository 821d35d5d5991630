package io.leakguard.chaos.proxy;

import com.google.gson.JsonObject;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** A type of toxic with its attributes: times in milliseconds unless said otherwise. */
sealed interface ToxicKind {
  /** The JSON form of the attributes. */
  JsonObject json();

  /** The same type with those attributes changed that are given. */
  ToxicKind with(Fields attributes);

  /** What it does, anew. */
  Behaviour begin(RandomGenerator random);

  /** How many chunks may wait for it; the original's figure. */
  default int buffer() {
    return 0;
  }

  /** A toxic of this type with no attribute set. */
  static Optional<ToxicKind> of(String type) {
    return Optional.ofNullable(
        switch (type) {
          case "noop" -> new Noop();
          case "latency" -> new Latency(0, 0);
          case "bandwidth" -> new Bandwidth(0);
          case "slow_close" -> new SlowClose(0);
          case "timeout" -> new Timeout(0);
          case "reset_peer" -> new ResetPeer(0);
          case "slicer" -> new Slicer(0, 0, 0);
          case "limit_data" -> new LimitData(0);
          default -> null;
        });
  }

  private static JsonObject json(String name, long value) {
    JsonObject json = new JsonObject();
    json.addProperty(name, value);
    return json;
  }

  /** Does nothing. */
  record Noop() implements ToxicKind {
    @Override
    public JsonObject json() {
      return new JsonObject();
    }

    @Override
    public ToxicKind with(Fields attributes) {
      return this;
    }

    @Override
    public Behaviour begin(RandomGenerator random) {
      return new Passing();
    }
  }

  /** Holds chunks. */
  record Latency(long latency, long jitter) implements ToxicKind {
    @Override
    public JsonObject json() {
      JsonObject json = ToxicKind.json("latency", latency);
      json.addProperty("jitter", jitter);
      return json;
    }

    @Override
    public ToxicKind with(Fields attributes) {
      return new Latency(
          attributes.integer("latency", latency), attributes.integer("jitter", jitter));
    }

    @Override
    public Behaviour begin(RandomGenerator random) {
      return new Delaying(this, random);
    }

    @Override
    public int buffer() {
      return 1024;
    }
  }

  /** Limits the rate, in KB/s. */
  record Bandwidth(long rate) implements ToxicKind {
    @Override
    public JsonObject json() {
      return ToxicKind.json("rate", rate);
    }

    @Override
    public ToxicKind with(Fields attributes) {
      return new Bandwidth(attributes.integer("rate", rate));
    }

    @Override
    public Behaviour begin(RandomGenerator random) {
      return new Throttling(this);
    }
  }

  /** Delays the close. */
  record SlowClose(long delay) implements ToxicKind {
    @Override
    public JsonObject json() {
      return ToxicKind.json("delay", delay);
    }

    @Override
    public ToxicKind with(Fields attributes) {
      return new SlowClose(attributes.integer("delay", delay));
    }

    @Override
    public Behaviour begin(RandomGenerator random) {
      return new SlowClosing(this);
    }
  }

  /** Drops data, and closes after that long without any. */
  record Timeout(long timeout) implements ToxicKind {
    @Override
    public JsonObject json() {
      return ToxicKind.json("timeout", timeout);
    }

    @Override
    public ToxicKind with(Fields attributes) {
      return new Timeout(attributes.integer("timeout", timeout));
    }

    @Override
    public Behaviour begin(RandomGenerator random) {
      return new Dropping(this);
    }
  }

  /** Resets the connection. */
  record ResetPeer(long timeout) implements ToxicKind {
    @Override
    public JsonObject json() {
      return ToxicKind.json("timeout", timeout);
    }

    @Override
    public ToxicKind with(Fields attributes) {
      return new ResetPeer(attributes.integer("timeout", timeout));
    }

    @Override
    public Behaviour begin(RandomGenerator random) {
      return new Resetting(this);
    }
  }

  /** Cuts chunks into slices, sizes in bytes, delay in microseconds. */
  record Slicer(long averageSize, long sizeVariation, long delay) implements ToxicKind {
    @Override
    public JsonObject json() {
      JsonObject json = ToxicKind.json("average_size", averageSize);
      json.addProperty("size_variation", sizeVariation);
      json.addProperty("delay", delay);
      return json;
    }

    @Override
    public ToxicKind with(Fields attributes) {
      return new Slicer(
          attributes.integer("average_size", averageSize),
          attributes.integer("size_variation", sizeVariation),
          attributes.integer("delay", delay));
    }

    @Override
    public Behaviour begin(RandomGenerator random) {
      return new Slicing(this, random);
    }
  }

  /** Closes after so many bytes. */
  record LimitData(long bytes) implements ToxicKind {
    @Override
    public JsonObject json() {
      return ToxicKind.json("bytes", bytes);
    }

    @Override
    public ToxicKind with(Fields attributes) {
      return new LimitData(attributes.integer("bytes", bytes));
    }

    @Override
    public Behaviour begin(RandomGenerator random) {
      return new Limiting(this);
    }
  }
}
