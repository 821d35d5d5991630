package com.example.shop;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.Map;

/** The Jackson that the function finds on its class path. */
final class OwnJackson {
  private OwnJackson() {}

  /** The jar and the version that it says of itself, or {@code none}. */
  static String used() {
    try {
      return Used.jarAndVersion();
    } catch (NoClassDefFoundError e) {
      return "none";
    }
  }

  /** A class of its own, so that the function loads without Jackson. */
  private static final class Used {
    static String jarAndVersion() {
      ObjectMapper mapper = new ObjectMapper();
      try {
        if (!mapper.writeValueAsString(Map.of("sku", "A-1")).equals("{\"sku\":\"A-1\"}")) {
          throw new IllegalStateException("Jackson does not write");
        }
      } catch (JsonProcessingException e) {
        throw new IllegalStateException(e);
      }
      String jar = ObjectMapper.class.getProtectionDomain().getCodeSource().getLocation().getPath();
      return Path.of(jar).getFileName() + " " + mapper.version();
    }
  }
}
