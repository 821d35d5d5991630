package io.leakguard.chaos.proxy;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.socket.SocketChannel;

/** The end of a chain: writes to a socket, one chunk at a time, and ends it. */
final class SocketOutlet implements Outlet {
  private final SocketChannel channel;
  private final Runnable changed;
  private int pending;
  private End ended;
  private boolean done;

  /**
   * An outlet.
   *
   * @param changed told when there is room again and when it is done
   */
  SocketOutlet(SocketChannel channel, Runnable changed) {
    this.channel = channel;
    this.changed = changed;
  }

  @Override
  public boolean hasRoom() {
    return pending == 0 && ended == null;
  }

  @Override
  public void accept(Chunk chunk) {
    pending++;
    channel
        .writeAndFlush(Unpooled.wrappedBuffer(chunk.bytes()))
        .addListener((ChannelFuture written) -> written(written.isSuccess()));
  }

  private void written(boolean success) {
    pending--;
    if (!success) {
      ended = End.CLOSE;
    }
    endWhenWritten();
    changed.run();
  }

  @Override
  public void end(End how) {
    if (ended == null) {
      ended = how;
      endWhenWritten();
      changed.run();
    }
  }

  private void endWhenWritten() {
    if (ended == null || done || pending > 0) {
      return;
    }
    done = true;
    // A socket that resets cannot half-close: any end of it is a reset.
    if (ended == End.EOF && channel.config().getSoLinger() != 0) {
      channel.shutdownOutput();
    } else {
      channel.close();
    }
  }

  /** Whether everything has been written and the end been told. */
  boolean done() {
    return done;
  }
}
