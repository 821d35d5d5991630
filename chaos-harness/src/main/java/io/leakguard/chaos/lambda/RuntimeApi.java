package io.leakguard.chaos.lambda;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import java.time.Duration;

/**
 * One connection of a child to its Runtime API (version 2018-06-01). On the event loop.
 *
 * <p>The runtime client takes nothing but 202 as the answer to an error, or it ends.
 */
final class RuntimeApi extends SimpleChannelInboundHandler<FullHttpRequest> {
  private static final String BASE = "/2018-06-01/runtime/";
  private static final String NEXT = BASE + "invocation/next";
  private static final String INVOCATION = BASE + "invocation/";
  private static final String INIT_ERROR = BASE + "init/error";
  private static final String RESTORE_NEXT = BASE + "restore/next";
  private static final String RESTORE_ERROR = BASE + "restore/error";
  private static final byte[] ACCEPTED = Http.utf8("{\"status\":\"OK\"}");

  private final Environment environment;

  RuntimeApi(Environment environment) {
    this.environment = environment;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
    String uri = request.uri();
    if (request.decoderResult().isFailure()) {
      refuse(context, false, HttpResponseStatus.BAD_REQUEST, "InvalidRequest", "not HTTP");
    } else if (uri.equals(NEXT) && request.method().equals(HttpMethod.GET)) {
      environment.polled(context);
    } else if (uri.equals(RESTORE_NEXT) && request.method().equals(HttpMethod.GET)) {
      // The snapshot is restored as soon as it is taken, in the same process.
      Http.send(context, true, Http.response(HttpResponseStatus.OK, Http.NOTHING));
    } else if (isInitError(uri) && request.method().equals(HttpMethod.POST)) {
      environment.initFailed(handlerError(bytes(request)));
      accept(context);
    } else if (uri.startsWith(INVOCATION) && request.method().equals(HttpMethod.POST)) {
      result(context, uri, request);
    } else {
      refuse(context, HttpResponseStatus.NOT_FOUND, "NotFound", "no such path: " + uri);
    }
  }

  private static boolean isInitError(String uri) {
    return uri.equals(INIT_ERROR) || uri.equals(RESTORE_ERROR);
  }

  private void result(ChannelHandlerContext context, String uri, FullHttpRequest request) {
    String id = requestId(uri);
    if (!environment.knows(id)) {
      refuse(context, HttpResponseStatus.BAD_REQUEST, "InvalidRequestID", "Invalid request ID");
    } else if (uri.endsWith("/response")) {
      accept(context);
      environment.answered(id, new Outcome.Succeeded(new Payload(bytes(request))));
    } else if (uri.endsWith("/error")) {
      accept(context);
      environment.answered(id, handlerError(bytes(request)));
    } else {
      refuse(context, HttpResponseStatus.NOT_FOUND, "NotFound", "no such path: " + uri);
    }
  }

  /** The answer is past Lambda's limit: the client is told, and so is the caller. */
  static void tooLarge(Environment environment, ChannelHandlerContext context, HttpRequest head) {
    Outcome outcome = Outcome.tooLarge(Http.LARGEST_PAYLOAD);
    environment.answered(requestId(head.uri()), outcome);
    if (head.uri().endsWith("/error")) {
      accept(context);
      return;
    }
    // A client that waits for leave to send its body will not send it: what comes next on this
    // connection would be taken for it.
    refuse(
        context,
        !HttpUtil.is100ContinueExpected(head),
        HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE,
        "RequestEntityTooLarge",
        "Exceeded maximum allowed payload size (" + Http.LARGEST_PAYLOAD + " bytes).");
  }

  /** Sends an event as the answer to a poll. */
  static ChannelFuture deliver(
      ChannelHandlerContext poll, Invocation invocation, String arn, Duration timeout) {
    FullHttpResponse event = Http.response(HttpResponseStatus.OK, invocation.payload());
    HttpHeaders headers = event.headers();
    headers.set("Lambda-Runtime-Aws-Request-Id", invocation.requestId());
    // Counted from here and not from when it was accepted: the function has its whole timeout.
    long deadline = System.currentTimeMillis() + timeout.toMillis();
    headers.set("Lambda-Runtime-Deadline-Ms", Long.toString(deadline));
    headers.set("Lambda-Runtime-Invoked-Function-Arn", arn);
    headers.set("Lambda-Runtime-Trace-Id", invocation.traceId());
    if (invocation.clientContext() != null) {
      headers.set("Lambda-Runtime-Client-Context", invocation.clientContext());
    }
    return poll.writeAndFlush(event);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    environment.connectionLost(context);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    // A killed child resets its connections; the close is what counts.
    context.close();
  }

  static Outcome.HandlerError handlerError(byte[] body) {
    Payload payload = new Payload(body);
    try {
      JsonObject json = JsonParser.parseString(payload.toString()).getAsJsonObject();
      return new Outcome.HandlerError(text(json, "errorType"), text(json, "errorMessage"), payload);
    } catch (JsonParseException | IllegalStateException e) {
      // Custom clients may send anything.
      return new Outcome.HandlerError("", "", payload);
    }
  }

  private static String text(JsonObject json, String member) {
    return json.has(member) && json.get(member).isJsonPrimitive()
        ? json.get(member).getAsString()
        : "";
  }

  static String requestId(String uri) {
    int start = Math.min(INVOCATION.length(), uri.length());
    int end = uri.indexOf('/', start);
    return uri.substring(start, end < 0 ? uri.length() : end);
  }

  private static byte[] bytes(FullHttpRequest request) {
    return ByteBufUtil.getBytes(request.content());
  }

  private static void accept(ChannelHandlerContext context) {
    Http.send(context, true, Http.response(HttpResponseStatus.ACCEPTED, ACCEPTED));
  }

  private static void refuse(
      ChannelHandlerContext context, HttpResponseStatus status, String type, String message) {
    refuse(context, true, status, type, message);
  }

  private static void refuse(
      ChannelHandlerContext context,
      boolean keepAlive,
      HttpResponseStatus status,
      String type,
      String message) {
    JsonObject json = new JsonObject();
    json.addProperty("errorType", type);
    json.addProperty("errorMessage", message);
    Http.send(context, keepAlive, Http.response(status, Http.utf8(json.toString())));
  }
}
