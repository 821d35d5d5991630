package io.leakguard.example;

import java.net.URI;
import java.util.Map;
import java.util.Set;

/** Where the inventory service is. */
final class InventoryAddress {

  private static final String VARIABLE = "INVENTORY_URL";
  private static final Set<String> SCHEMES = Set.of("http", "https");

  private InventoryAddress() {}

  static URI fromEnvironment() {
    return from(System.getenv());
  }

  static URI from(Map<String, String> environment) {
    String value = environment.get(VARIABLE);
    if (value == null) {
      throw invalid("nothing");
    }
    try {
      URI uri = URI.create(value.endsWith("/") ? value.substring(0, value.length() - 1) : value);
      if (uri.getScheme() != null && SCHEMES.contains(uri.getScheme()) && uri.getHost() != null) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      throw invalid(value);
    }
    throw invalid(value);
  }

  static URI stockOf(URI base, String sku) {
    return URI.create(base + "/inventory/" + sku);
  }

  private static IllegalStateException invalid(String value) {
    return new IllegalStateException(
        VARIABLE + " must be an http or https address, but was " + value);
  }
}
