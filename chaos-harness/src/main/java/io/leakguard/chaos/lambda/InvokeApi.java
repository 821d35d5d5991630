package io.leakguard.chaos.lambda;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One connection to AWS's Invoke API. On the event loop. An invocation whose caller has gone runs
 * to its end; its answer is dropped.
 */
final class InvokeApi extends SimpleChannelInboundHandler<FullHttpRequest> {
  private static final Pattern PATH =
      Pattern.compile("/2015-03-31/functions/([^/]+)/invocations/?");
  private static final byte[] EMPTY_EVENT = Http.utf8("{}");

  /** Requests a client may send ahead of the answers. */
  private static final int PIPELINED = 64;

  private final Function<String, Optional<LocalFunction>> functions;
  private final Deque<FullHttpRequest> pipelined = new ArrayDeque<>();
  private boolean busy;

  InvokeApi(Function<String, Optional<LocalFunction>> functions) {
    this.functions = functions;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
    if (!busy) {
      handle(context, request);
    } else if (pipelined.size() < PIPELINED) {
      pipelined.add(request.retain());
    } else {
      context.close();
    }
  }

  private void handle(ChannelHandlerContext context, FullHttpRequest request) {
    busy = true;
    boolean keepAlive = HttpUtil.isKeepAlive(request);
    String requestId = RequestIds.next();
    try {
      if (request.decoderResult().isFailure()) {
        keepAlive = false;
        throw new InvalidRequestException(
            HttpResponseStatus.BAD_REQUEST, "InvalidRequestContentException", "not HTTP");
      }
      invoke(context, keepAlive, requestId, request);
    } catch (InvalidRequestException e) {
      answer(context, keepAlive, requestId, e.response());
    }
  }

  private void invoke(
      ChannelHandlerContext context, boolean keepAlive, String requestId, FullHttpRequest request) {
    FunctionQueue queue = target(request).queue();
    String type = request.headers().get("X-Amz-Invocation-Type", "RequestResponse");
    byte[] body = ByteBufUtil.getBytes(request.content());
    JsonCheck.requireJson(body);
    boolean tail = "Tail".equals(request.headers().get("X-Amz-Log-Type"));
    String given = request.headers().get("X-Amzn-Trace-Id");
    Invocation invocation =
        new Invocation(
            requestId,
            given == null ? RequestIds.nextTrace() : given,
            clientContext(request),
            body.length == 0 ? EMPTY_EVENT : body,
            tail && type.equals("RequestResponse"),
            type.equals("Event") ? new NoCaller() : new Waiting(context, keepAlive, requestId));
    switch (type) {
      case "RequestResponse" -> queue.submit(invocation);
      case "Event" -> {
        boolean accepted = queue.submitInBackground(invocation);
        FullHttpResponse response =
            accepted
                ? Http.response(HttpResponseStatus.ACCEPTED, Http.NOTHING)
                : throttled("Too many events wait.");
        answer(context, keepAlive, requestId, response);
      }
      case "DryRun" ->
          answer(
              context,
              keepAlive,
              requestId,
              Http.response(HttpResponseStatus.NO_CONTENT, Http.NOTHING));
      default ->
          throw new InvalidRequestException(
              HttpResponseStatus.BAD_REQUEST,
              "InvalidParameterValueException",
              "X-Amz-Invocation-Type must be RequestResponse, Event or DryRun, was " + type);
    }
  }

  private LocalFunction target(FullHttpRequest request) {
    QueryStringDecoder uri = new QueryStringDecoder(request.uri());
    Matcher matcher = PATH.matcher(uri.rawPath());
    if (!matcher.matches() || !request.method().equals(HttpMethod.POST)) {
      throw new InvalidRequestException(
          HttpResponseStatus.NOT_FOUND,
          "UnknownOperationException",
          "only POST /2015-03-31/functions/{name}/invocations is here");
    }
    FunctionNames named = FunctionNames.parse(decode(matcher.group(1)));
    List<String> parameter = uri.parameters().getOrDefault("Qualifier", List.of());
    String qualifier = parameter.isEmpty() ? named.qualifier() : parameter.get(0);
    boolean known = qualifier == null || qualifier.equals("$LATEST");
    return functions
        .apply(named.name())
        .filter(function -> known)
        .orElseThrow(() -> notFound(named.name(), qualifier));
  }

  private static String decode(String name) {
    try {
      return QueryStringDecoder.decodeComponent(name);
    } catch (IllegalArgumentException e) {
      return name;
    }
  }

  private static InvalidRequestException notFound(String name, String qualifier) {
    String arn = FunctionNames.arn(name) + (qualifier == null ? "" : ":" + qualifier);
    return new InvalidRequestException(
        HttpResponseStatus.NOT_FOUND, "ResourceNotFoundException", "Function not found: " + arn);
  }

  private static String clientContext(HttpRequest request) {
    String encoded = request.headers().get("X-Amz-Client-Context");
    if (encoded == null) {
      return null;
    }
    try {
      byte[] decoded = Base64.getDecoder().decode(encoded);
      // On one line: it goes on as a header.
      return new String(decoded, StandardCharsets.UTF_8).replaceAll("[\\p{Cntrl}]+", " ");
    } catch (IllegalArgumentException e) {
      throw new InvalidRequestException(
          HttpResponseStatus.BAD_REQUEST,
          "InvalidRequestContentException",
          "Client context must be a valid Base64-encoded JSON object.");
    }
  }

  private void answer(
      ChannelHandlerContext context,
      boolean keepAlive,
      String requestId,
      FullHttpResponse response) {
    response.headers().set("x-amzn-RequestId", requestId);
    Http.send(context, keepAlive, response);
    busy = false;
    FullHttpRequest next = pipelined.poll();
    if (next != null) {
      try {
        handle(context, next);
      } finally {
        next.release();
      }
    }
  }

  private static FullHttpResponse throttled(String why) {
    return Http.error(HttpResponseStatus.TOO_MANY_REQUESTS, "TooManyRequestsException", why);
  }

  /** The body of a request is past Lambda's limit. */
  static void tooLarge(ChannelHandlerContext context, HttpRequest head) {
    FullHttpResponse response =
        Http.error(
            HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE,
            "RequestTooLargeException",
            "Request must be smaller than " + Http.LARGEST_PAYLOAD + " bytes for the Invoke API");
    response.headers().set("x-amzn-RequestId", RequestIds.next());
    // A client that waits for leave to send its body will not send it: what comes next on this
    // connection would be taken for it.
    boolean stays = HttpUtil.isKeepAlive(head) && !HttpUtil.is100ContinueExpected(head);
    Http.send(context, stays, response);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    pipelined.forEach(FullHttpRequest::release);
    pipelined.clear();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    context.close();
  }

  /** A caller that waits on its connection. */
  private final class Waiting implements Invocation.Caller {
    private final ChannelHandlerContext context;
    private final boolean keepAlive;
    private final String requestId;

    Waiting(ChannelHandlerContext context, boolean keepAlive, String requestId) {
      this.context = context;
      this.keepAlive = keepAlive;
      this.requestId = requestId;
    }

    @Override
    public void ended(InvocationRecord result, byte[] logTail) {
      FullHttpResponse response =
          Http.response(HttpResponseStatus.OK, result.outcome().body().array());
      response.headers().set(HttpHeaderNames.CONTENT_TYPE, "application/json");
      response.headers().set("X-Amz-Executed-Version", "$LATEST");
      if (result.outcome().isError()) {
        response.headers().set("X-Amz-Function-Error", "Unhandled");
      }
      if (logTail != null) {
        response.headers().set("X-Amz-Log-Result", Base64.getEncoder().encodeToString(logTail));
      }
      answer(context, keepAlive, requestId, response);
    }

    @Override
    public void throttled(String reason) {
      answer(context, keepAlive, requestId, InvokeApi.throttled(reason));
    }
  }

  /** Nobody waits. */
  private static final class NoCaller implements Invocation.Caller {
    @Override
    public void ended(InvocationRecord result, byte[] logTail) {}

    @Override
    public void throttled(String reason) {}
  }
}
