package io.leakguard.chaos.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.SocketChannel;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * A client's connection and the one to the upstream that belongs to it. Confined to the thread of
 * connections.
 */
final class Connection {
  private final SocketChannel client;
  private final SocketChannel upstream;
  private final SocketOutlet toClient;
  private final SocketOutlet toUpstream;
  private final Link up;
  private final Link down;

  Connection(
      SocketChannel client,
      SocketChannel upstream,
      Map<Direction, List<Toxic>> toxics,
      RandomGenerator random) {
    this.client = client;
    this.upstream = upstream;
    if (resets(toxics)) {
      // As in the original: decided when the connection is opened, whatever the toxicity.
      client.config().setSoLinger(0);
      upstream.config().setSoLinger(0);
    }
    toUpstream = new SocketOutlet(upstream, this::upChanged);
    toClient = new SocketOutlet(client, this::downChanged);
    up = new Link(client, toUpstream, toxics.get(Direction.UPSTREAM), random);
    down = new Link(upstream, toClient, toxics.get(Direction.DOWNSTREAM), random);
  }

  private static boolean resets(Map<Direction, List<Toxic>> toxics) {
    return toxics.values().stream()
        .flatMap(List::stream)
        .anyMatch(toxic -> toxic.kind() instanceof ToxicKind.ResetPeer);
  }

  /** Begins to pass bytes. */
  void start() {
    client.pipeline().addLast(new Relay(up));
    upstream.pipeline().addLast(new Relay(down));
    up.pump();
    down.pump();
  }

  Link link(Direction direction) {
    return direction == Direction.UPSTREAM ? up : down;
  }

  private void upChanged() {
    up.pump();
    closeWhenDone();
  }

  private void downChanged() {
    down.pump();
    closeWhenDone();
  }

  private void closeWhenDone() {
    if (toClient.done() && toUpstream.done()) {
      client.close();
      upstream.close();
    }
  }

  /** Hands what a socket receives to the link that it is the source of. */
  private static final class Relay extends SimpleChannelInboundHandler<ByteBuf> {
    private final Link link;

    Relay(Link link) {
      this.link = link;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, ByteBuf bytes) {
      link.received(bytes);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
      link.readComplete();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      if (event == ChannelInputShutdownEvent.INSTANCE) {
        link.sourceEnded(End.EOF);
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      link.sourceEnded(End.CLOSE);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      // A reset by a peer; the other peer sees an orderly end, as with the original.
      link.sourceEnded(End.CLOSE);
      context.close();
    }
  }
}
