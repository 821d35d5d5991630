package io.leakguard.chaos.results;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Takes secrets out of what is written: values of variables that are named like secrets, wherever
 * they stand, and passwords in addresses.
 */
public final class Masking {
  private static final String MASK = "****";

  /** Shorter values are words of any text, such as a port or "true". */
  private static final int SHORTEST_SECRET = 6;

  private static final String NAMES =
      "secret|passw(?:or)?d|passphrase|pwd|token|key|credential|signature|authorization|cookie";
  private static final Pattern SECRET_NAME = Pattern.compile(NAMES, Pattern.CASE_INSENSITIVE);

  /** {@code scheme://user:password@host}, also without the user. */
  private static final Pattern USER_INFO = Pattern.compile("(?<=://)[^\\s/@\"']*:[^\\s/@\"']*@");

  private static final Pattern ASSIGNMENT =
      Pattern.compile(
          "([\\w.-]*(?:" + NAMES + ")[\\w.-]*=)('[^']*'|\"[^\"]*\"|[^\\s;&,'\"]+)",
          Pattern.CASE_INSENSITIVE);

  /** A whole assignment in quotes, as a shell has it. */
  private static final Pattern QUOTED =
      Pattern.compile(
          "(['\"])([\\w.-]*(?:" + NAMES + ")[\\w.-]*=)[^'\"]*\\1", Pattern.CASE_INSENSITIVE);

  private static final Pattern BEARER = Pattern.compile("(?i)\\b(bearer|basic)\\s+[\\w.~+/=-]{8,}");

  private Masking() {}

  /** A text without passwords in addresses and values of assignments to names of secrets. */
  public static String text(String text) {
    String masked = USER_INFO.matcher(text).replaceAll(MASK + "@");
    masked = QUOTED.matcher(masked).replaceAll("$1$2" + MASK + "$1");
    masked = ASSIGNMENT.matcher(masked).replaceAll("$1" + MASK);
    return BEARER.matcher(masked).replaceAll("$1 " + MASK);
  }

  /** Whether a variable of this name holds a secret. */
  public static boolean isSecret(String name) {
    return SECRET_NAME.matcher(name).find();
  }

  /** The same tree with its secrets masked. */
  public static JsonObject mask(JsonObject root) {
    Set<String> found = new LinkedHashSet<>();
    collect(root, found);
    List<String> secrets =
        found.stream().sorted(Comparator.comparingInt(String::length).reversed()).toList();
    return masked("", root, secrets).getAsJsonObject();
  }

  /** Only objects called environment hold variables: a fingerprint may stand under any key. */
  private static void collect(JsonElement element, Set<String> secrets) {
    if (element.isJsonArray()) {
      element.getAsJsonArray().forEach(each -> collect(each, secrets));
    } else if (element.isJsonObject()) {
      for (Map.Entry<String, JsonElement> entry : element.getAsJsonObject().entrySet()) {
        if (entry.getKey().equals("environment") && entry.getValue().isJsonObject()) {
          collectVariables(entry.getValue().getAsJsonObject(), secrets);
        }
        collect(entry.getValue(), secrets);
      }
    }
  }

  private static void collectVariables(JsonObject variables, Set<String> secrets) {
    for (Map.Entry<String, JsonElement> variable : variables.entrySet()) {
      if (isSecret(variable.getKey()) && variable.getValue().isJsonPrimitive()) {
        String value = variable.getValue().getAsString();
        if (value.length() >= SHORTEST_SECRET && !value.equals(MASK)) {
          secrets.add(value);
        }
      }
    }
  }

  private static JsonElement masked(String owner, JsonElement element, List<String> secrets) {
    if (element.isJsonArray()) {
      JsonArray array = new JsonArray();
      element.getAsJsonArray().forEach(each -> array.add(masked("", each, secrets)));
      return array;
    }
    if (element.isJsonObject()) {
      JsonObject object = new JsonObject();
      for (Map.Entry<String, JsonElement> entry : element.getAsJsonObject().entrySet()) {
        boolean secret = owner.equals("environment") && isSecret(entry.getKey());
        object.add(
            entry.getKey(),
            secret ? new JsonPrimitive(MASK) : masked(entry.getKey(), entry.getValue(), secrets));
      }
      return object;
    }
    boolean text = element.isJsonPrimitive() && element.getAsJsonPrimitive().isString();
    return text ? new JsonPrimitive(plain(element.getAsString(), secrets)) : element;
  }

  private static String plain(String text, List<String> secrets) {
    String masked = text;
    for (String secret : secrets) {
      masked = masked.replace(secret, MASK);
    }
    return text(masked);
  }
}
