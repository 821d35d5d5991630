package io.leakguard.chaos.upstream;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;

/**
 * Lets a client speak to this server as to an HTTP proxy: it is every host, for {@code CONNECT}
 * with a certificate in that host's name. One per connection.
 */
final class Tunnel extends ChannelInboundHandlerAdapter {
  private final Authority authority;
  private boolean opening;

  Tunnel(Authority authority) {
    this.authority = authority;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof HttpRequest request && request.method().equals(HttpMethod.CONNECT)) {
      opening = true;
      open(context, request.uri());
      ReferenceCountUtil.release(message);
    } else if (opening && message instanceof LastHttpContent) {
      opening = false;
      ReferenceCountUtil.release(message);
    } else {
      if (message instanceof HttpRequest request) {
        request.setUri(pathOf(request.uri()));
      }
      context.fireChannelRead(message);
    }
  }

  private void open(ChannelHandlerContext context, String target) {
    String host = target.substring(0, Math.max(0, target.lastIndexOf(':')));
    DefaultFullHttpResponse opened =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, new HttpResponseStatus(200, "Connection established"));
    context
        .writeAndFlush(opened)
        .addListener(
            written ->
                context
                    .pipeline()
                    .addFirst(
                        authority
                            .contextFor(host.replaceAll("[\\[\\]]", ""))
                            .newHandler(context.alloc())));
  }

  /** A proxy is asked for the whole URL, a server for its path. */
  private static String pathOf(String uri) {
    int scheme = uri.indexOf("://");
    if (scheme < 0 || uri.startsWith("/")) {
      return uri;
    }
    int path = uri.indexOf('/', scheme + 3);
    return path < 0 ? "/" : uri.substring(path);
  }
}
