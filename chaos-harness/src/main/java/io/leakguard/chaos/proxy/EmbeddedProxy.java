package io.leakguard.chaos.proxy;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerKeepAliveHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * A TCP proxy with Toxiproxy's HTTP API, on loopback. What a client sees of a toxic is the same.
 * Otherwise than the original, no request ever waits for a connection, a peer that closes one
 * direction can still receive, and what is random follows from the seed. Thread-safe.
 */
public final class EmbeddedProxy implements AutoCloseable {
  private static final int LARGEST_REQUEST = 1 << 20;

  private final EventLoopGroup control = loop("embedded-proxy-api");
  private final EventLoopGroup data = loop("embedded-proxy");
  private final ProxyTable proxies;
  private final Channel listener;

  private EmbeddedProxy(long seed) {
    proxies = new ProxyTable(data.next(), new SplittableRandom(seed));
    Routes routes = new Routes(proxies);
    listener =
        new ServerBootstrap()
            .group(control)
            .channel(NioServerSocketChannel.class)
            .childHandler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    channel
                        .pipeline()
                        .addLast(new HttpServerCodec())
                        .addLast(new HttpServerKeepAliveHandler())
                        .addLast(new HttpObjectAggregator(LARGEST_REQUEST))
                        .addLast(new ControlApi(routes));
                  }
                })
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .syncUninterruptibly()
            .channel();
  }

  /**
   * Starts a server without proxies.
   *
   * @param seed the n-th connection of the n-th proxy has the same dice with the same seed
   */
  public static EmbeddedProxy start(long seed) {
    return new EmbeddedProxy(seed);
  }

  /** Where the API listens. */
  public InetSocketAddress address() {
    return (InetSocketAddress) listener.localAddress();
  }

  /**
   * How many connections to the upstream the proxy of this name has made, also before it was made
   * anew; 0 for one that is not known.
   */
  public long connections(String name) {
    return proxies.connections(name);
  }

  /** Closes every connection and gives all ports back. */
  @Override
  public void close() {
    InetSocketAddress api = address();
    // One by one: a loop that is shut down may leave a listener open, which then lives on.
    control.next().submit(proxies::stop).awaitUninterruptibly();
    listener.close().awaitUninterruptibly();
    control.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
    data.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
    Address.awaitFree(api);
  }

  private static EventLoopGroup loop(String name) {
    return new MultiThreadIoEventLoopGroup(
        1, new DefaultThreadFactory(name, true), NioIoHandler.newFactory());
  }
}
