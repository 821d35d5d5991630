package io.leakguard.chaos.sam;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Merges {@code Globals} into a resource as SAM does: mappings by key, lists one after the other
 * with the global one first, and of all else the resource's own value.
 */
final class Globals {
  private Globals() {}

  static Value.Fields merge(Value.Fields global, Value.Fields own) {
    Map<String, Value> merged = new LinkedHashMap<>(global.values());
    own.values().forEach((name, value) -> merged.merge(name, value, Globals::value));
    return new Value.Fields(merged, own.line());
  }

  private static Value value(Value global, Value own) {
    if (global instanceof Value.Fields left && own instanceof Value.Fields right) {
      boolean plain = !Resolver.isIntrinsic(left) && !Resolver.isIntrinsic(right);
      return plain ? merge(left, right) : own;
    }
    if (global instanceof Value.Items left && own instanceof Value.Items right) {
      List<Value> items = new ArrayList<>(left.values());
      items.addAll(right.values());
      return new Value.Items(items, own.line());
    }
    return own;
  }
}
