package io.leakguard.chaos.proxy;

import com.google.gson.JsonArray;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/** The connections of one proxy and its toxics. Confined to the thread of connections. */
final class Connections {
  /** As long as a kernel tries by itself. */
  private static final int CONNECT_TIMEOUT_MILLIS = 127_000;

  private final EventLoop loop;
  private final SplittableRandom random;
  private final Runnable made;
  private final Map<Direction, List<Toxic>> toxics = new EnumMap<>(Direction.class);
  private final Set<Connection> connections = new LinkedHashSet<>();
  private final ChannelGroup sockets;

  /**
   * None yet.
   *
   * @param made told of each connection that was made to the upstream
   */
  Connections(EventLoop loop, SplittableRandom random, Runnable made) {
    this.loop = loop;
    this.random = random;
    this.made = made;
    this.sockets = new DefaultChannelGroup(loop);
    for (Direction direction : Direction.values()) {
      toxics.put(direction, new ArrayList<>());
    }
  }

  /** A client has connected: the upstream is, too, and only then is anything read. */
  void accepted(SocketChannel client, String upstream) {
    InetSocketAddress address;
    try {
      address = Address.upstream(upstream);
    } catch (ApiException e) {
      // The original finds out no earlier, too.
      client.close();
      return;
    }
    sockets.add(client);
    new Bootstrap()
        .group(loop)
        .channel(NioSocketChannel.class)
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MILLIS)
        .option(ChannelOption.TCP_NODELAY, true)
        .option(ChannelOption.AUTO_READ, false)
        .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
        .option(ChannelOption.RECVBUF_ALLOCATOR, Chunk.allocator())
        .handler(new ChannelInboundHandlerAdapter())
        .connect(address)
        .addListener((ChannelFuture connected) -> connected(client, connected));
  }

  private void connected(SocketChannel client, ChannelFuture connected) {
    SocketChannel upstream = (SocketChannel) connected.channel();
    if (!connected.isSuccess() || !client.isActive()) {
      client.close();
      upstream.close();
      return;
    }
    made.run();
    sockets.add(upstream);
    Connection connection = new Connection(client, upstream, toxics, random.split());
    connections.add(connection);
    client.closeFuture().addListener(closed -> forget(connection, upstream));
    upstream.closeFuture().addListener(closed -> forget(connection, client));
    connection.start();
  }

  private void forget(Connection connection, SocketChannel other) {
    if (!other.isOpen()) {
      connections.remove(connection);
    }
  }

  void closeAll() {
    sockets.close();
  }

  JsonArray json() {
    JsonArray array = new JsonArray();
    toxics.values().forEach(chain -> chain.forEach(toxic -> array.add(toxic.json())));
    return array;
  }

  /**
   * Finds a toxic.
   *
   * @throws ApiException when there is none of that name
   */
  Toxic find(String name) {
    return toxics.values().stream()
        .flatMap(List::stream)
        .filter(toxic -> toxic.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new ApiException(404, "toxic not found"));
  }

  Toxic add(Toxic toxic) {
    if (toxics.values().stream().flatMap(List::stream).anyMatch(t -> isNamed(t, toxic.name()))) {
      throw new ApiException(409, "toxic already exists");
    }
    toxics.get(toxic.direction()).add(toxic);
    links(toxic).forEach(link -> link.add(toxic));
    return toxic;
  }

  private static boolean isNamed(Toxic toxic, String name) {
    return toxic.name().equals(name);
  }

  Toxic update(String name, Fields body) {
    Toxic toxic = find(name);
    toxic.update(body);
    links(toxic).forEach(link -> link.update(toxic));
    return toxic;
  }

  void remove(String name) {
    Toxic toxic = find(name);
    toxics.get(toxic.direction()).remove(toxic);
    links(toxic).forEach(link -> link.remove(toxic));
  }

  void removeAll() {
    for (List<Toxic> chain : toxics.values()) {
      List.copyOf(chain).forEach(toxic -> remove(toxic.name()));
    }
  }

  /** A copy: a link that ends takes its connection out of the set. */
  private List<Link> links(Toxic toxic) {
    return connections.stream().map(connection -> connection.link(toxic.direction())).toList();
  }
}
