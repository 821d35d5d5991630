package io.leakguard.chaos.upstream;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/** Plays what no HTTP encoder would write: past it, as bytes. On the connection's event loop. */
final class BrokenAnswer {
  private static final byte[] GARBAGE =
      "\u0016\u0003\u0001 not HTTP at all\r\n\r\n".getBytes(US_ASCII);

  private final ChannelHandlerContext raw;
  private final byte[] body;

  /**
   * An answer to the request that was read last.
   *
   * @param body what a healthy upstream would have sent
   */
  BrokenAnswer(ChannelHandlerContext context, byte[] body) {
    // From the codec's own context what is written goes outwards past the codec, yet through TLS.
    this.raw = context.pipeline().context(HttpServerCodec.class);
    this.body = body;
  }

  void play(Behaviour behaviour) {
    if (behaviour instanceof Behaviour.Stall stall) {
      write(head(stall.status(), "Content-Length: " + stall.announced()), filler(stall.sent()));
    } else if (behaviour instanceof Behaviour.Drip drip) {
      write(head(200, "Content-Length: " + body.length));
      drip(drip, 0);
    } else if (behaviour instanceof Behaviour.Reset reset) {
      write(head(200, "Content-Length: " + (reset.sent() + 1)), filler(reset.sent()))
          .addListener(done -> reset((SocketChannel) raw.channel()));
    } else if (behaviour instanceof Behaviour.ChunkMissing) {
      String size = Integer.toHexString(body.length) + "\r\n";
      write(head(200, "Transfer-Encoding: chunked"), size.getBytes(US_ASCII), body)
          .addListener(ChannelFutureListener.CLOSE);
    } else if (behaviour instanceof Behaviour.Garbage) {
      write(GARBAGE).addListener(ChannelFutureListener.CLOSE);
    } else {
      raw.close();
    }
  }

  /** Ends a connection by RST; without a proxy between, that is what the client sees. */
  static void reset(SocketChannel channel) {
    channel.config().setSoLinger(0);
    channel.close();
  }

  private void drip(Behaviour.Drip drip, int piece) {
    int from = (int) ((long) body.length * piece / drip.pieces());
    int to = (int) ((long) body.length * (piece + 1) / drip.pieces());
    write(Arrays.copyOfRange(body, from, to));
    if (piece + 1 < drip.pieces() && raw.channel().isActive()) {
      raw.executor()
          .schedule(() -> drip(drip, piece + 1), drip.every().toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  private static byte[] head(int status, String length) {
    return ("HTTP/1.1 "
            + status
            + " Broken\r\nContent-Type: application/json\r\n"
            + length
            + "\r\n\r\n")
        .getBytes(US_ASCII);
  }

  static byte[] filler(int length) {
    byte[] filler = new byte[length];
    Arrays.fill(filler, (byte) 'x');
    return filler;
  }

  private ChannelFuture write(byte[]... parts) {
    return raw.writeAndFlush(Unpooled.wrappedBuffer(parts));
  }
}
