package io.leakguard.example;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import java.io.IOException;

/** What the inventory has of one article: {@code {"sku":"A-1","available":7,...}}. */
record Stock(String sku, int available) {

  private static final Gson GSON = new Gson();

  static Stock parse(String json) throws IOException {
    try {
      Stock stock = GSON.fromJson(json, Stock.class);
      if (stock != null && stock.sku != null) {
        return stock;
      }
    } catch (JsonParseException e) {
      throw new IOException("inventory sent a body that is not JSON", e);
    }
    throw new IOException("inventory sent a body without sku");
  }
}
