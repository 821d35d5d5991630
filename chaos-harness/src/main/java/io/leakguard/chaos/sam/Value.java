package io.leakguard.chaos.sam;

import java.util.List;
import java.util.Map;

/**
 * A value of the template, with the line (from 1) it stands on. Intrinsic functions keep their long
 * form: a {@link Fields} with the one key {@code Ref} or {@code Fn::...}.
 */
sealed interface Value {
  int line();

  /** The same value on another line: what a call gives stands where the call does. */
  Value at(int otherLine);

  /** A scalar; numbers and booleans are text, as CloudFormation passes them on. */
  record Text(String text, int line) implements Value {
    @Override
    public Text at(int otherLine) {
      return new Text(text, otherLine);
    }
  }

  record Items(List<Value> values, int line) implements Value {
    public Items {
      values = List.copyOf(values);
    }

    @Override
    public Items at(int otherLine) {
      return new Items(values, otherLine);
    }
  }

  /** A mapping in the order of the file; the line is that of its key. */
  record Fields(Map<String, Value> values, int line) implements Value {
    static final Fields NONE = new Fields(Map.of(), 0);

    @Override
    public Fields at(int otherLine) {
      return new Fields(values, otherLine);
    }

    Value get(String name) {
      return values.getOrDefault(name, new Missing(line));
    }

    /** The mapping under the name, or an empty one where there is none. */
    Fields fields(String name) {
      return get(name) instanceof Fields fields ? fields : NONE;
    }
  }

  /** Null, {@code AWS::NoValue}, or not there at all. */
  record Missing(int line) implements Value {
    @Override
    public Missing at(int otherLine) {
      return new Missing(otherLine);
    }
  }

  /**
   * Known only in AWS.
   *
   * @param placeholder readable text for places where any text will do
   * @param reason why it is not known, to follow a colon in a message
   */
  record Unresolved(String placeholder, String reason, int line) implements Value {
    @Override
    public Unresolved at(int otherLine) {
      return new Unresolved(placeholder, reason, otherLine);
    }
  }
}
