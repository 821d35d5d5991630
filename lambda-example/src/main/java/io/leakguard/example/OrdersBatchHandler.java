package io.leakguard.example;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import io.leakguard.LeakGuard;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * Takes orders from an SQS queue and hands back the ids of those that failed, so that only these
 * come again. The batch shares one deadline: while the inventory hangs, the first record uses it up
 * and the others are handed back at once. Leaves nothing behind.
 */
public final class OrdersBatchHandler implements RequestHandler<SQSEvent, SQSBatchResponse> {

  private static final Duration BUDGET = Duration.ofSeconds(1);

  private final RequestHandler<SQSEvent, SQSBatchResponse> guarded = LeakGuard.wrap(this::process);
  private final InventoryClient inventory;

  /** Reads the inventory's address from {@code INVENTORY_URL}. */
  public OrdersBatchHandler() {
    this(new InventoryClient(InventoryAddress.fromEnvironment()));
  }

  OrdersBatchHandler(InventoryClient inventory) {
    this.inventory = inventory;
  }

  @Override
  public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
    return guarded.handleRequest(event, context);
  }

  private SQSBatchResponse process(SQSEvent event, Context context) {
    Deadline deadline = Deadline.in(BUDGET);
    List<SQSBatchResponse.BatchItemFailure> failures =
        event.getRecords().stream()
            .filter(message -> !isDone(message, deadline, context))
            .map(message -> new SQSBatchResponse.BatchItemFailure(message.getMessageId()))
            .toList();
    return new SQSBatchResponse(failures);
  }

  private boolean isDone(SQSEvent.SQSMessage message, Deadline deadline, Context context) {
    try {
      Order order = Order.parse(message.getBody());
      String decision = inventory.covers(order, deadline) ? "accepted" : "out of stock";
      context.getLogger().log("order " + order.orderId() + " " + decision);
      return true;
    } catch (IOException | InvalidOrderException e) {
      context.getLogger().log("message " + message.getMessageId() + " failed: " + e.getMessage());
      return false;
    }
  }
}
