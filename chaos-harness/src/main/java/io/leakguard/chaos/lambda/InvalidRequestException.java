package io.leakguard.chaos.lambda;

import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;

/** A request to the Invoke API that gets an error for an answer. */
final class InvalidRequestException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient HttpResponseStatus status;
  private final String type;

  InvalidRequestException(HttpResponseStatus status, String type, String message) {
    super(message, null, false, false);
    this.status = status;
    this.type = type;
  }

  FullHttpResponse response() {
    return Http.error(status, type, getMessage());
  }
}
