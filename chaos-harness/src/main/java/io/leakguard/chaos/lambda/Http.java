package io.leakguard.chaos.lambda;

import com.google.gson.JsonObject;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/** What the two HTTP servers share. */
final class Http {
  /** 6 MB and a little, in both directions: what Lambda enforces. */
  static final int LARGEST_PAYLOAD = 6 * 1024 * 1024 + 100;

  /** The runtime client sends the cause of an error in a header of up to 1 MB. */
  private static final int LARGEST_HEADERS = 2 * 1024 * 1024;

  static final byte[] NOTHING = {};

  private Http() {}

  /**
   * Listens on loopback.
   *
   * @param port 0 for any
   */
  static ChannelFuture listen(
      EventLoopGroup group,
      int port,
      BiConsumer<ChannelHandlerContext, HttpRequest> tooLarge,
      Supplier<ChannelHandler> handler) {
    return new ServerBootstrap()
        .group(group)
        .channel(NioServerSocketChannel.class)
        .option(ChannelOption.SO_BACKLOG, 1024)
        .option(ChannelOption.SO_REUSEADDR, true)
        .childOption(ChannelOption.TCP_NODELAY, true)
        .childHandler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel channel) {
                channel
                    .pipeline()
                    .addLast(
                        new HttpServerCodec(
                            new HttpDecoderConfig().setMaxHeaderSize(LARGEST_HEADERS)))
                    .addLast(new BoundedAggregator(LARGEST_PAYLOAD, tooLarge))
                    .addLast(handler.get());
              }
            })
        .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
  }

  static int port(Channel server) {
    return ((InetSocketAddress) server.localAddress()).getPort();
  }

  static FullHttpResponse response(HttpResponseStatus status, byte[] body) {
    FullHttpResponse response =
        new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, Unpooled.wrappedBuffer(body));
    if (status.code() != HttpResponseStatus.NO_CONTENT.code()) {
      response.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, body.length);
    }
    if (body.length > 0) {
      response.headers().set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_JSON);
    }
    return response;
  }

  /** An error in the form of AWS's APIs. */
  static FullHttpResponse error(HttpResponseStatus status, String type, String message) {
    JsonObject json = new JsonObject();
    json.addProperty("Type", status.code() >= 500 ? "Server" : "User");
    json.addProperty("Message", message);
    FullHttpResponse response = response(status, utf8(json.toString()));
    response.headers().set("x-amzn-ErrorType", type);
    return response;
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Sends an answer and keeps the connection or closes it, as the request asked. */
  static void send(ChannelHandlerContext context, boolean keepAlive, FullHttpResponse response) {
    HttpUtil.setKeepAlive(response, keepAlive);
    ChannelFuture sent = context.writeAndFlush(response);
    if (!keepAlive) {
      sent.addListener(ChannelFutureListener.CLOSE);
    }
  }
}
