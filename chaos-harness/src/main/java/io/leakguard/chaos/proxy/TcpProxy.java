package io.leakguard.chaos.proxy;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.net.InetSocketAddress;
import java.util.concurrent.Callable;
import java.util.function.Function;

/**
 * One proxy. Confined to the thread of the API, which may wait for the thread of connections: that
 * one never waits.
 */
final class TcpProxy {
  private final EventLoop loop;
  private final String name;
  private final Connections connections;
  private String listen;
  private String upstream;
  private Channel listener;

  TcpProxy(EventLoop loop, Connections connections, String name, String listen, String upstream) {
    this.loop = loop;
    this.name = name;
    this.listen = listen;
    this.upstream = upstream;
    this.connections = connections;
  }

  String name() {
    return name;
  }

  String listen() {
    return listen;
  }

  String upstream() {
    return upstream;
  }

  boolean enabled() {
    return listener != null;
  }

  /** Whether these addresses are others. */
  boolean differs(String otherListen, String otherUpstream) {
    return !listen.equals(Address.text(Address.listen(otherListen)))
        || !upstream.equals(otherUpstream);
  }

  /**
   * Starts to listen, unless it does.
   *
   * @throws ApiException when it cannot
   */
  void start() {
    if (enabled()) {
      return;
    }
    ChannelFuture bound = bootstrap(upstream).bind(Address.listen(listen)).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new ApiException(500, "listen tcp " + listen + ": bind: " + reason(bound.cause()));
    }
    listener = bound.channel();
    // The port of a first start is kept when it is started again.
    listen = Address.text((InetSocketAddress) listener.localAddress());
  }

  private ServerBootstrap bootstrap(String to) {
    return new ServerBootstrap()
        .group(loop)
        .channel(NioServerSocketChannel.class)
        .option(ChannelOption.SO_BACKLOG, 1024)
        .option(ChannelOption.SO_REUSEADDR, true)
        .childOption(ChannelOption.TCP_NODELAY, true)
        .childOption(ChannelOption.AUTO_READ, false)
        .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
        .childOption(ChannelOption.RECVBUF_ALLOCATOR, Chunk.allocator())
        .childHandler(
            new ChannelInitializer<SocketChannel>() {
              @Override
              protected void initChannel(SocketChannel client) {
                connections.accepted(client, to);
              }
            });
  }

  private static String reason(Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    return message.contains("in use") ? "address already in use" : message;
  }

  /** Stops to listen and closes every connection. */
  void stop() {
    if (enabled()) {
      InetSocketAddress address = (InetSocketAddress) listener.localAddress();
      listener.close().awaitUninterruptibly();
      listener = null;
      Address.awaitFree(address);
      on(
          open -> {
            open.closeAll();
            return null;
          });
    }
  }

  /**
   * Changes the addresses, which closes every connection, and whether it listens.
   *
   * @throws ApiException when it cannot listen there
   */
  void update(String toListen, String toUpstream, boolean enabled) {
    if (differs(toListen, toUpstream)) {
      stop();
      listen = toListen;
      upstream = toUpstream;
    }
    if (enabled) {
      start();
    } else {
      stop();
    }
  }

  /**
   * Does something on the thread of connections and waits for it.
   *
   * @throws ApiException as thrown there
   */
  <T> T on(Function<Connections, T> work) {
    Callable<T> call = () -> work.apply(connections);
    return loop.submit(call).syncUninterruptibly().getNow();
  }

  JsonObject json() {
    JsonArray toxics = on(Connections::json);
    JsonObject json = new JsonObject();
    json.addProperty("name", name);
    json.addProperty("listen", listen);
    json.addProperty("upstream", upstream);
    json.addProperty("enabled", enabled());
    json.add("toxics", toxics);
    return json;
  }
}
