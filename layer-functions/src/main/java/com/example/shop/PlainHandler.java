package com.example.shop;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.util.Map;

/** A function on the runtime alone. */
public final class PlainHandler
    implements RequestHandler<Map<String, String>, Map<String, String>> {
  @Override
  public Map<String, String> handleRequest(Map<String, String> order, Context context) {
    return Shop.price(order);
  }
}
