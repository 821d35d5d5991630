package io.leakguard.chaos.results;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Takes secrets out of what is written: values of variables that are named like secrets, wherever
 * they stand, and passwords in addresses.
 */
public final class Masking {
  private static final String MASK = "****";

  /** Shorter values are words of any text, such as a port or "true". */
  private static final int SHORTEST_SECRET = 6;

  private static final String NAMES =
      "secret|passw(?:or)?d|passphrase|(?<![a-z])(?:pg)?pass(?![a-z])|pwd|token|key|credential"
          + "|signature|authorization|cookie";
  private static final Pattern SECRET_NAME = Pattern.compile(NAMES, Pattern.CASE_INSENSITIVE);

  /**
   * {@code scheme://user:password@host}, also without the user or with a token alone; a password
   * may have an unescaped @.
   */
  private static final Pattern USER_INFO =
      Pattern.compile("(?<=://)(?:([^\\s/:@\"']*):)?([^\\s/\"'?#]*)@");

  /** {@code jdbc:oracle:thin:user/password@host}. */
  private static final Pattern ORACLE =
      Pattern.compile("(?<=jdbc:oracle:thin:)([^\\s/@]*)/([^\\s\"']*)@");

  /** What places in results are called by, which comes from the template and the catalogue. */
  private static final Set<String> NAMED = Set.of("function", "shape", "verdict", "kind");

  private static final Pattern ASSIGNMENT =
      Pattern.compile(
          "([\\w.-]*(?:" + NAMES + ")[\\w.-]*=)('[^']*'|\"[^\"]*\"|[^\\s;&,'\"]+)",
          Pattern.CASE_INSENSITIVE);

  /** A whole assignment in quotes, as a shell has it. */
  private static final Pattern QUOTED =
      Pattern.compile(
          "(['\"])([\\w.-]*(?:" + NAMES + ")[\\w.-]*=)[^'\"]*\\1", Pattern.CASE_INSENSITIVE);

  private static final Pattern DIGITS = Pattern.compile("[0-9]+");

  /** An option with its value in one word, and what it gives a value to. */
  private static final Pattern WORD = Pattern.compile("(?s)((?:--[a-z-]+=)?)([\\w.-]+)=.*");

  private static final Pattern BEARER = Pattern.compile("(?i)\\b(bearer|basic)\\s+[\\w.~+/=-]{8,}");

  private Masking() {}

  /** A text without passwords in addresses and values of assignments to names of secrets. */
  public static String text(String text) {
    String masked = USER_INFO.matcher(text).replaceAll(MASK + "@");
    masked = ORACLE.matcher(masked).replaceAll(MASK + "@");
    masked = QUOTED.matcher(masked).replaceAll("$1$2" + MASK + "$1");
    masked = ASSIGNMENT.matcher(masked).replaceAll("$1" + MASK);
    return BEARER.matcher(masked).replaceAll("$1 " + MASK);
  }

  /** Whether a variable of this name holds a secret. */
  public static boolean isSecret(String name) {
    return SECRET_NAME.matcher(name).find();
  }

  /** A text without what {@link #text(String)} masks and without these values. */
  public static String text(String text, Collection<String> secrets) {
    String masked = text;
    for (String secret : longestFirst(secrets)) {
      masked = masked.replace(secret, MASK);
    }
    return text(masked);
  }

  /** A word of a command line: one that gives a value to the name of a secret loses all of it. */
  public static String word(String word, Collection<String> secrets) {
    Matcher assignment = WORD.matcher(word);
    return assignment.matches() && isSecret(assignment.group(2))
        ? assignment.group(1) + assignment.group(2) + "=" + MASK
        : text(word, secrets);
  }

  /** The values that must not be shown of a variable: all of it, or passwords in it. */
  public static Set<String> secretsIn(String name, String value) {
    Set<String> found = new LinkedHashSet<>();
    if (isSecret(name)) {
      found.add(value);
    }
    for (Pattern address : List.of(USER_INFO, ORACLE)) {
      Matcher matcher = address.matcher(value);
      while (matcher.find()) {
        // Who calls the user like the password has no secret.
        if (!matcher.group(2).equals(matcher.group(1))) {
          found.add(matcher.group(2));
        }
      }
    }
    ASSIGNMENT.matcher(value).results().forEach(match -> found.add(match.group(2)));
    found.removeIf(secret -> secret.length() < SHORTEST_SECRET || secret.equals(MASK));
    return found;
  }

  /** The same tree with its secrets masked. */
  public static JsonObject mask(JsonObject root) {
    return mask(root, Set.of());
  }

  /** The same tree with its secrets masked, and others that are known. */
  public static JsonObject mask(JsonObject root, Collection<String> others) {
    Set<String> found = new LinkedHashSet<>(others);
    collect(root, found);
    return masked("", root, longestFirst(found)).getAsJsonObject();
  }

  /** One secret may be a part of another, and names of threads are shown without their digits. */
  private static List<String> longestFirst(Collection<String> secrets) {
    return secrets.stream()
        .flatMap(secret -> Stream.of(secret, DIGITS.matcher(secret).replaceAll("N")))
        .filter(secret -> secrets.contains(secret) || secret.length() >= SHORTEST_SECRET)
        .distinct()
        .filter(secret -> !secret.isEmpty())
        .sorted(Comparator.comparingInt(String::length).reversed())
        .toList();
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
      if (variable.getValue().isJsonPrimitive()) {
        secrets.addAll(secretsIn(variable.getKey(), variable.getValue().getAsString()));
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
        String key = entry.getKey();
        boolean secret = owner.equals("environment") && isSecret(key);
        // Names of threads are made by the function.
        String shown = owner.equals("families") ? text(key, secrets) : key;
        object.add(
            shown, secret ? new JsonPrimitive(MASK) : masked(key, entry.getValue(), secrets));
      }
      return object;
    }
    boolean text = element.isJsonPrimitive() && element.getAsJsonPrimitive().isString();
    return text && !NAMED.contains(owner)
        ? new JsonPrimitive(text(element.getAsString(), secrets))
        : element;
  }
}
