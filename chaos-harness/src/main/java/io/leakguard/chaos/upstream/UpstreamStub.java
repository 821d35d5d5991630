package io.leakguard.chaos.upstream;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerKeepAliveHandler;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/**
 * An HTTP upstream on loopback that answers as an inventory service: {@code GET /inventory/SKU}
 * with some two kilobytes of JSON, so that a body can be cut, and anything else with an empty
 * object. It keeps connections alive as real services do: one that closes them would hide leaked
 * clients. Thread-safe.
 */
public final class UpstreamStub implements AutoCloseable {
  private static final int LARGEST_REQUEST = 16 << 20;
  private static final int WAREHOUSES = 24;

  private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private final AtomicLong requests = new AtomicLong();
  private final Channel listener;
  private volatile Answer answer = Answer.NORMAL;

  /** Listens on a free loopback port. */
  public UpstreamStub(EventLoopGroup loops) {
    listener =
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel channel) {
                    connections.add(channel);
                    channel
                        .pipeline()
                        .addLast(new HttpServerCodec())
                        .addLast(new HttpServerKeepAliveHandler())
                        .addLast(new HttpObjectAggregator(LARGEST_REQUEST))
                        .addLast(new Responder());
                  }
                })
            .bind("127.0.0.1", 0)
            .syncUninterruptibly()
            .channel();
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return (InetSocketAddress) listener.localAddress();
  }

  /** Changes how requests are answered from now on. */
  public void answer(Answer changed) {
    answer = changed;
  }

  /** How many requests have been received. */
  public long requests() {
    return requests.get();
  }

  /** Closes every open connection, as a service does whose idle time has run out. */
  public void closeConnections() {
    connections.close().syncUninterruptibly();
  }

  @Override
  public void close() {
    listener.close().syncUninterruptibly();
    closeConnections();
  }

  private final class Responder extends SimpleChannelInboundHandler<FullHttpRequest> {
    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
      requests.incrementAndGet();
      context.writeAndFlush(respond(new QueryStringDecoder(request.uri()).path(), answer));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      // Faults are what this server is there for: a client's reset is no news.
      context.close();
    }
  }

  private static FullHttpResponse respond(String path, Answer answer) {
    byte[] body = answer.bodyBytes() == 0 ? content(path) : filler(answer.bodyBytes());
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.valueOf(answer.status()),
            Unpooled.wrappedBuffer(body));
    response
        .headers()
        .set(HttpHeaderNames.CONTENT_TYPE, "application/json")
        .setInt(HttpHeaderNames.CONTENT_LENGTH, body.length);
    return response;
  }

  private static byte[] content(String path) {
    if (!path.startsWith("/inventory/")) {
      return "{}".getBytes(UTF_8);
    }
    String sku = path.substring("/inventory/".length()).replaceAll("[^A-Za-z0-9._-]", "_");
    StringBuilder json = new StringBuilder();
    json.append("{\"sku\":\"").append(sku).append("\",\"available\":7,\"warehouses\":[");
    for (int i = 0; i < WAREHOUSES; i++) {
      json.append(i == 0 ? "" : ",")
          .append("{\"id\":\"warehouse-")
          .append(i)
          .append("\",\"available\":")
          .append(i == 0 ? 7 : 0)
          .append(",\"restock\":\"2030-01-01T00:00:00Z\"}");
    }
    return json.append("]}").toString().getBytes(UTF_8);
  }

  private static byte[] filler(int length) {
    byte[] body = new byte[length];
    Arrays.fill(body, (byte) 'x');
    return body;
  }
}
