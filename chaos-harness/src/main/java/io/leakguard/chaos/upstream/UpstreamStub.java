package io.leakguard.chaos.upstream;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
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
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicLong;

/**
 * An HTTP upstream on loopback. It keeps connections alive as real services do: one that closes
 * them would hide leaked clients. Thread-safe.
 */
public final class UpstreamStub implements AutoCloseable {
  private static final int LARGEST_REQUEST = 16 << 20;

  /** A behaviour, and how many requests it has seen. */
  private record Play(Behaviour behaviour, AtomicLong requests) {}

  private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private final AtomicLong requests = new AtomicLong();
  private final Duplicates duplicates = new Duplicates();
  private final EventLoopGroup loops;
  private final byte[] content;
  private final Authority authority;
  private final Manner manner;
  private final InetSocketAddress address;
  private Channel listener;
  private BlackHole blackHole;
  private volatile Play play = new Play(Answer.NORMAL, new AtomicLong());
  private volatile Handshake handshake = Handshake.NORMAL;

  /** How a stand-in is spoken to. */
  public enum Manner {
    /** As to a server, in plain HTTP. */
    PLAIN,
    /** As to a server, through TLS. */
    TLS,
    /** As to an HTTP proxy, behind which it is every host. */
    PROXY
  }

  /** Listens on a free loopback port, in plain HTTP. */
  public UpstreamStub(EventLoopGroup loops) {
    this(loops, "");
  }

  /**
   * Listens on a free loopback port, in plain HTTP.
   *
   * @param content the body of every answer; empty for those of an inventory service
   */
  public UpstreamStub(EventLoopGroup loops, String content) {
    this(loops, content, Manner.PLAIN, null);
  }

  /**
   * Listens on a free loopback port.
   *
   * @param content the body of every answer; empty for those of an inventory service
   * @param authority makes certificates; null in plain HTTP
   */
  public UpstreamStub(EventLoopGroup loops, String content, Manner manner, Authority authority) {
    this.loops = loops;
    this.content = content.getBytes(UTF_8);
    this.manner = manner;
    this.authority = authority;
    listener = listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    address = (InetSocketAddress) listener.localAddress();
  }

  private Channel listen(InetSocketAddress at) {
    return new ServerBootstrap()
        .group(loops)
        .channel(NioServerSocketChannel.class)
        .childOption(ChannelOption.TCP_NODELAY, true)
        .childHandler(
            new ChannelInitializer<SocketChannel>() {
              @Override
              protected void initChannel(SocketChannel channel) {
                connections.add(channel);
                if (manner != Manner.TLS || authority.secure(channel, handshake)) {
                  speakHttp(channel.pipeline());
                }
              }
            })
        .bind(at)
        .syncUninterruptibly()
        .channel();
  }

  private void speakHttp(ChannelPipeline pipeline) {
    pipeline.addLast(new HttpServerCodec());
    if (manner == Manner.PROXY) {
      pipeline.addLast(new Tunnel(authority));
    }
    pipeline
        .addLast(new HttpServerKeepAliveHandler())
        .addLast(new HttpObjectAggregator(LARGEST_REQUEST))
        .addLast(new Responder());
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return address;
  }

  /** Changes what is done with requests from now on. */
  public void behave(Behaviour changed) {
    play = new Play(changed, new AtomicLong());
  }

  /** Changes how TLS begins on connections that are made from now on. */
  public void shake(Handshake changed) {
    handshake = changed;
  }

  /** How many requests have been received. */
  public long requests() {
    return requests.get();
  }

  /**
   * How many requests with an effect (POST and the like) came again after they had been taken
   * without an answer.
   */
  public long duplicates() {
    return duplicates.count();
  }

  /** How many connections are open. */
  int connections() {
    return connections.size();
  }

  /** Closes every open connection, as a service does whose idle time has run out. */
  public void closeConnections() {
    connections.close().syncUninterruptibly();
  }

  /** Resets every open connection (RST), as a firewall or a load balancer does. */
  public void resetConnections() {
    connections.forEach(connection -> BrokenAnswer.reset((SocketChannel) connection));
  }

  /**
   * Leaves every open connection half-open, as a NAT gateway does that has forgotten them: they
   * stay open, and what is sent over them leads nowhere. New ones work.
   */
  public void abandonConnections() {
    for (Channel connection : connections) {
      // On its own thread: what that is about to read is not read any more when this returns.
      connection
          .eventLoop()
          .submit(() -> connection.config().setAutoRead(false))
          .syncUninterruptibly();
    }
  }

  /**
   * Whether connecting is to take for ever; open connections are closed when it begins.
   *
   * @throws UncheckedIOException when it cannot be done
   */
  public synchronized void swallow(boolean on) {
    if (on == (blackHole != null)) {
      return;
    }
    try {
      if (on) {
        listener.close().syncUninterruptibly();
        closeConnections();
        blackHole = BlackHole.at(address);
      } else {
        blackHole.close();
        blackHole = null;
        listener = listen(address);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("no black hole at " + address, e);
    }
  }

  @Override
  public void close() {
    swallow(false);
    listener.close().syncUninterruptibly();
    closeConnections();
  }

  private final class Responder extends SimpleChannelInboundHandler<FullHttpRequest> {
    private long served;

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
      requests.incrementAndGet();
      Play now = play;
      Behaviour behaviour = now.behaviour().at(now.requests().getAndIncrement(), served++);
      byte[] healthy = content.length > 0 ? content : HealthyContent.of(request);
      duplicates.received(request, behaviour instanceof Answer);
      if (behaviour instanceof Answer answer) {
        context.writeAndFlush(respond(healthy, answer));
      } else {
        new BrokenAnswer(context, healthy).play(behaviour);
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      // Faults are what this server is there for: a client's reset is no news.
      context.close();
    }
  }

  private static FullHttpResponse respond(byte[] healthy, Answer answer) {
    byte[] body = answer.bodyBytes() == 0 ? healthy : BrokenAnswer.filler(answer.bodyBytes());
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.valueOf(answer.status()),
            Unpooled.wrappedBuffer(body));
    response
        .headers()
        .set(HttpHeaderNames.CONTENT_TYPE, HealthyContent.typeOf(body))
        .setInt(HttpHeaderNames.CONTENT_LENGTH, body.length);
    if (answer.throttles()) {
      response.headers().setInt(HttpHeaderNames.RETRY_AFTER, 1);
    }
    return response;
  }
}
