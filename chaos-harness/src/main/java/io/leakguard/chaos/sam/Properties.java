package io.leakguard.chaos.sam;

import io.leakguard.chaos.text.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The properties of one function, resolved when asked for. What the function cannot run without
 * ends in {@link CannotRun}; what it can run without leaves a note.
 */
final class Properties {
  private final Origin origin;
  private final Resolver resolver;
  private final Value.Fields raw;
  private final List<String> notes = new ArrayList<>();

  Properties(Origin origin, Resolver resolver, Value.Fields raw) {
    this.origin = origin;
    this.resolver = resolver;
    this.raw = raw;
  }

  Value get(String name) {
    return resolver.resolve(raw.get(name));
  }

  int line(String name) {
    return raw.get(name).line();
  }

  List<String> notes() {
    return notes;
  }

  void note(int line, String text) {
    notes.add(Printable.of(origin.at(line) + ": " + text));
  }

  CannotRun cannotRun(int line, String reason) {
    return new CannotRun(Printable.of(origin.at(line) + ": " + reason));
  }

  /** Text that the function cannot run without knowing; empty where it is not given. */
  Optional<String> known(String name) {
    Value value = get(name);
    if (value instanceof Value.Unresolved unknown) {
      throw cannotRun(line(name), name + " is not known locally: " + unknown.reason());
    }
    if (value instanceof Value.Fields || value instanceof Value.Items) {
      throw cannotRun(line(name), name + " must be text");
    }
    return value instanceof Value.Text text ? Optional.of(text.text()) : Optional.empty();
  }

  /** A whole number within the limits; empty where it is not given, or not known, with a note. */
  OptionalInt number(String name, int least, int most, String rule) {
    Value value = get(name);
    if (value instanceof Value.Missing) {
      return OptionalInt.empty();
    }
    if (value instanceof Value.Unresolved unknown) {
      note(line(name), name + " is not known locally, its default is used: " + unknown.reason());
      return OptionalInt.empty();
    }
    String text = value instanceof Value.Text given ? given.text() : "not text";
    if (text.matches("\\d{1,9}")
        && Integer.parseInt(text) >= least
        && Integer.parseInt(text) <= most) {
      return OptionalInt.of(Integer.parseInt(text));
    }
    throw cannotRun(line(name), name + " must be " + rule + ", but is '" + text + "'");
  }
}
