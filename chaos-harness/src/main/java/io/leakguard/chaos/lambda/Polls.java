package io.leakguard.chaos.lambda;

import io.netty.channel.ChannelHandlerContext;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The requests for an event that an environment's runtime client has open: one, or one for each of
 * its threads where it takes several events at a time. Confined to the event loop.
 */
final class Polls {
  private final Deque<ChannelHandlerContext> waiting = new ArrayDeque<>();
  private final boolean several;

  Polls(boolean several) {
    this.several = several;
  }

  void add(ChannelHandlerContext poll) {
    if (!several) {
      waiting.clear();
    }
    waiting.add(poll);
  }

  int size() {
    return waiting.size();
  }

  /** Whether the next one can take an event: a dead client's connection would swallow it. */
  boolean isActive() {
    return !waiting.isEmpty() && waiting.peek().channel().isActive();
  }

  /** The one that has waited longest; it waits no more. */
  ChannelHandlerContext take() {
    return waiting.poll();
  }

  /** Whether the last one that waited is gone by the end of this connection. */
  boolean isLastLost(ChannelHandlerContext poll) {
    return waiting.remove(poll) && waiting.isEmpty();
  }
}
