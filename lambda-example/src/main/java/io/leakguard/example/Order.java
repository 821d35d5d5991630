package io.leakguard.example;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import java.util.List;
import java.util.regex.Pattern;

/**
 * An order as the shop sends it: {@code {"orderId":"o-1","lines":[{"sku":"A-1","quantity":2}]}}.
 */
record Order(String orderId, List<Line> lines) {

  private static final Gson GSON = new Gson();
  // What may stand in a URL path and in a log line as it is.
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");
  private static final int MAX_LINES = 20;
  private static final int MAX_QUOTED = 80;

  /** So many pieces of one article. */
  record Line(String sku, int quantity) {

    boolean isCoveredBy(Stock stock) {
      return stock.available() >= quantity;
    }
  }

  static Order parse(String json) {
    Order order = read(json);
    if (order == null) {
      throw new InvalidOrderException("order", "must be a JSON object", "nothing");
    }
    requireName("orderId", order.orderId);
    requireLines(order.lines);
    return order;
  }

  private static Order read(String json) {
    try {
      return GSON.fromJson(json, Order.class);
    } catch (JsonParseException e) {
      throw new InvalidOrderException("order", "must be a JSON object", quoted(json));
    }
  }

  private static void requireLines(List<Line> lines) {
    int count = lines == null ? 0 : lines.size();
    if (count < 1 || count > MAX_LINES) {
      throw new InvalidOrderException("lines", "must have 1 to " + MAX_LINES + " elements", count);
    }
    lines.forEach(Order::requireLine);
  }

  private static void requireLine(Line line) {
    if (line == null) {
      throw new InvalidOrderException("lines", "must have no empty element", "null");
    }
    requireName("sku", line.sku);
    if (line.quantity < 1) {
      throw new InvalidOrderException("quantity", "must be 1 or more", line.quantity);
    }
  }

  static void requireName(String property, String value) {
    if (value == null || !NAME.matcher(value).matches()) {
      throw new InvalidOrderException(property, "must match " + NAME, quoted(value));
    }
  }

  /** The value as a JSON string, cut: what came from outside must not break a line of the log. */
  private static String quoted(String value) {
    boolean isLong = value != null && value.length() > MAX_QUOTED;
    return GSON.toJson(isLong ? value.substring(0, MAX_QUOTED) + "..." : value);
  }
}
