package io.leakguard.chaos.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/** Bytes of an event or an answer, JSON in UTF-8. Immutable. */
public final class Payload {
  private final byte[] bytes;

  /** Takes the array over: the caller must not write to it any more. */
  Payload(byte[] bytes) {
    this.bytes = bytes;
  }

  static Payload of(String json) {
    return new Payload(json.getBytes(UTF_8));
  }

  /** The length in bytes. */
  public int length() {
    return bytes.length;
  }

  /** A copy of the bytes. */
  public byte[] bytes() {
    return bytes.clone();
  }

  byte[] array() {
    return bytes;
  }

  /** The text. */
  @Override
  public String toString() {
    return new String(bytes, UTF_8);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Payload that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }
}
