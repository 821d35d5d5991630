package io.leakguard.chaos.lambda;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpRequest;
import java.util.function.BiConsumer;

/** Collects a request, and has a too large one answered by its server instead of with nothing. */
final class BoundedAggregator extends HttpObjectAggregator {
  private final BiConsumer<ChannelHandlerContext, HttpRequest> tooLarge;

  BoundedAggregator(int maximum, BiConsumer<ChannelHandlerContext, HttpRequest> tooLarge) {
    super(maximum);
    this.tooLarge = tooLarge;
  }

  @Override
  protected Object newContinueResponse(HttpMessage start, int maximum, ChannelPipeline pipeline) {
    // Netty would refuse a too large one here, with an empty body.
    return isContentLengthInvalid(start, maximum)
        ? null
        : super.newContinueResponse(start, maximum, pipeline);
  }

  @Override
  protected void handleOversizedMessage(ChannelHandlerContext context, HttpMessage oversized) {
    tooLarge.accept(context, (HttpRequest) oversized);
  }
}
