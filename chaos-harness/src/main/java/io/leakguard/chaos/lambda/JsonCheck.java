package io.leakguard.chaos.lambda;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;

/** Lambda takes nothing but JSON as an event. */
final class JsonCheck {
  /** Deeper than events are, and no danger: the reader keeps its own stack. */
  private static final int NESTING = 10_000;

  private JsonCheck() {}

  /**
   * Lets JSON and an empty body pass.
   *
   * @throws InvalidRequestException for anything else
   */
  static void requireJson(byte[] body) {
    if (body.length == 0) {
      return;
    }
    JsonReader reader = new JsonReader(new StringReader(new String(body, StandardCharsets.UTF_8)));
    reader.setStrictness(Strictness.STRICT);
    reader.setNestingLimit(NESTING);
    try {
      reader.skipValue();
      if (reader.peek() != JsonToken.END_DOCUMENT) {
        throw new MalformedJsonException("more than one value");
      }
    } catch (IOException | IllegalStateException e) {
      throw refusal(e);
    }
  }

  private static InvalidRequestException refusal(Exception cause) {
    return new InvalidRequestException(
        HttpResponseStatus.BAD_REQUEST,
        "InvalidRequestContentException",
        "Could not parse request body into json: " + cause.getMessage());
  }
}
