package io.leakguard.chaos.upstream;

import java.time.Duration;
import java.util.List;

/**
 * What the upstream does with a request. All but an {@link Answer} break HTTP on purpose.
 * Immutable.
 */
public sealed interface Behaviour {
  /** In words, as the end of a sentence that begins with "the upstream". */
  String text();

  /**
   * What is done with one request, where that depends on it.
   *
   * @param request counts the requests since this behaviour began, from 0
   * @param onConnection counts the requests of its connection, from 0
   */
  default Behaviour at(long request, long onConnection) {
    return this;
  }

  /** A whole answer; {@link Answer} is the only one. */
  sealed interface Whole extends Behaviour permits Answer {}

  /**
   * Headers and the first bytes of the body, then nothing, and the connection stays open.
   *
   * @param status the HTTP status
   * @param announced the Content-Length
   * @param sent how much of the body is sent, less than announced
   */
  record Stall(int status, int announced, int sent) implements Behaviour {
    public Stall {
      Rules.status(status);
      Rules.range("announced", announced, 1, Rules.LARGEST_BODY);
      Rules.range("sent", sent, 0, announced - 1);
    }

    @Override
    public String text() {
      return "answers " + status + ", sends " + sent + " of " + announced + " bytes and stops";
    }
  }

  /**
   * The body that belongs to the path, in pieces of equal size.
   *
   * @param pieces how many, 2 to 10,000
   * @param every the time between two
   */
  record Drip(int pieces, Duration every) implements Behaviour {
    public Drip {
      Rules.range("pieces", pieces, 2, 10_000);
      Rules.positive("every", every);
    }

    @Override
    public String text() {
      return "sends its body in " + pieces + " pieces, one every " + every.toMillis() + " ms";
    }
  }

  /**
   * Headers and the first bytes of the body, then a reset (RST). The function must be connected to
   * the upstream without a proxy, which would make a close of it.
   *
   * @param sent how much of the body is sent
   */
  record Reset(int sent) implements Behaviour {
    public Reset {
      Rules.range("sent", sent, 0, Rules.LARGEST_BODY);
    }

    @Override
    public String text() {
      return "resets the connection (RST) after " + sent + " bytes of the body";
    }
  }

  /** A chunked body that ends (FIN) without its last chunk. */
  record ChunkMissing() implements Behaviour {
    @Override
    public String text() {
      return "closes a chunked body before its last chunk";
    }
  }

  /** Bytes that are no HTTP, then the end of the connection. */
  record Garbage() implements Behaviour {
    @Override
    public String text() {
      return "answers with bytes that are no HTTP";
    }
  }

  /**
   * The connection is closed without a byte of an answer.
   *
   * @param reusedOnly only when the connection has served a request before: the race of a request
   *     with the end of the connection's idle time
   */
  record NoAnswer(boolean reusedOnly) implements Behaviour {
    @Override
    public Behaviour at(long request, long onConnection) {
      return reusedOnly && onConnection == 0 ? Answer.NORMAL : this;
    }

    @Override
    public String text() {
      return reusedOnly
          ? "closes a kept connection as the next request arrives, without an answer"
          : "accepts, reads the request and closes without an answer";
    }
  }

  /** One after the other, then from the start. */
  record InTurn(List<Behaviour> behaviours) implements Behaviour {
    public InTurn {
      behaviours = List.copyOf(behaviours);
      Rules.range("behaviours", behaviours.size(), 1, 1000);
    }

    @Override
    public Behaviour at(long request, long onConnection) {
      int turn = (int) (request % behaviours.size());
      return behaviours.get(turn).at(request / behaviours.size(), onConnection);
    }

    @Override
    public String text() {
      return "does in turn: "
          + String.join("; ", behaviours.stream().map(Behaviour::text).toList());
    }
  }

  /**
   * A share of the requests, by dice that fall the same way in every run.
   *
   * @param percent of the requests, 1 to 99
   * @param seed of the dice
   * @param then what happens to these; the others are answered
   */
  record Dice(int percent, long seed, Behaviour then) implements Behaviour {
    public Dice {
      Rules.range("percent", percent, 1, 99);
    }

    @Override
    public Behaviour at(long request, long onConnection) {
      return roll(request) < percent ? then.at(request, onConnection) : Answer.NORMAL;
    }

    /** The finaliser of SplitMix64: numbers that follow each other fall far apart. */
    private int roll(long request) {
      long mixed = (seed + request) * 0x9E3779B97F4A7C15L;
      mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
      mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
      return (int) Long.remainderUnsigned(mixed ^ (mixed >>> 31), 100);
    }

    @Override
    public String text() {
      return "meets " + percent + " % of the requests, by seeded dice, so: " + then.text();
    }
  }
}
