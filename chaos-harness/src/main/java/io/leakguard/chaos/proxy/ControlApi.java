package io.leakguard.chaos.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;

/** Answers the requests of one connection to the API. */
final class ControlApi extends SimpleChannelInboundHandler<FullHttpRequest> {
  private final Routes routes;

  ControlApi(Routes routes) {
    this.routes = routes;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
    context.writeAndFlush(response(reply(request)));
  }

  private Reply reply(FullHttpRequest request) {
    // A page in a browser must not steer the proxy.
    if (request.headers().get(HttpHeaderNames.USER_AGENT, "").startsWith("Mozilla/")) {
      return Reply.plain(403, "User agent not allowed");
    }
    try {
      return routes.reply(
          request.method().name(),
          new QueryStringDecoder(request.uri()).path(),
          request.content().toString(UTF_8));
    } catch (ApiException e) {
      return Reply.refused(e);
    } catch (RuntimeException e) {
      return Reply.refused(new ApiException(500, e.toString()));
    }
  }

  private static FullHttpResponse response(Reply reply) {
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.valueOf(reply.status()),
            Unpooled.copiedBuffer(reply.body(), UTF_8));
    if (!reply.contentType().isEmpty()) {
      response.headers().set(HttpHeaderNames.CONTENT_TYPE, reply.contentType());
    }
    if (reply.status() != HttpResponseStatus.NO_CONTENT.code()) {
      response.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes());
    }
    return response;
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    context.close();
  }
}
