package io.leakguard;

import com.amazonaws.services.lambda.runtime.LambdaLogger;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Names, exceptions and contexts that nobody would write on purpose. */
final class Hostile {
  /** Stands in the text of every failure that a context is the cause of. */
  static final String MARK = "hostile";

  private static final int MEGABYTE = 1 << 20;
  private static final String[] PIECES = {
    "pool-",
    "-thread-",
    "1",
    "\n",
    "\r\n",
    "\u0000",
    "\u001b[31m",
    "\"",
    "\\",
    "{",
    "}",
    "\u2028",
    "\ud800",
    "\udc00",
    "\ud83d\ude00",
    "\t",
    " ",
    "worker",
    "\u007f",
    "\u0085",
    "%s%n",
    "$",
    "é"
  };

  private Hostile() {}

  /** Returns a short name, now and then one of megabytes. */
  static String name(Random random) {
    StringBuilder name = new StringBuilder();
    for (int i = random.nextInt(6); i >= 0; i--) {
      name.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return random.nextInt(400) == 0
        ? name.toString().repeat(2 * MEGABYTE / name.length())
        : name.toString();
  }

  /** Returns something to be thrown, of every kind. */
  static Throwable throwable(Random random) {
    return switch (random.nextInt(12)) {
      case 0 -> new IllegalStateException(name(random));
      case 1 -> new IOException("checked, thrown sneakily");
      case 2 -> new InterruptedException("checked");
      case 3 -> new OutOfMemoryError("unable to create native thread");
      case 4 -> new StackOverflowError();
      case 5 -> new LinkageError(name(random));
      case 6 -> new AssertionError(name(random));
      case 7 -> new Throwable("neither exception nor error");
      case 8 -> new FileNotFoundException(name(random));
      case 9 -> new LeakException("the guard's own kind");
      case 10 -> new NullPointerException();
      default -> new Unspeakable();
    };
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  static <T extends Throwable> T sneaky(Throwable thrown) throws T {
    throw (T) thrown;
  }

  /** An exception none of whose methods may be called. */
  static final class Unspeakable extends RuntimeException {
    private static final long serialVersionUID = 1;

    @Override
    public String getMessage() {
      throw new IllegalStateException("nobody may ask");
    }

    @Override
    public String toString() {
      throw new IllegalStateException("nobody may ask");
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
      return this;
    }
  }

  /** What a broken context throws. */
  static final class Broken extends Error {
    private static final long serialVersionUID = 1;

    Broken(String getter) {
      super(MARK + " " + getter, null, false, false);
    }
  }

  /** A context of which every getter may throw, return null or return nonsense. */
  static final class Context extends FakeContext {
    private final long mask;
    private final String text;
    private final CheckedHost host;

    Context(Random random, CheckedHost host, boolean mayThrow) {
      super("request");
      this.mask = random.nextLong() & (mayThrow ? -1 : ~0xffL);
      this.text = name(random);
      this.host = host;
      this.remainingMillis = random.nextBoolean() ? 30_000 : random.nextInt();
    }

    private String answer(int getter) {
      if (((mask >>> getter) & 1) != 0) {
        throw new Broken(text);
      }
      return ((mask >>> (8 + getter)) & 1) != 0 ? null : text;
    }

    @Override
    public String getAwsRequestId() {
      return answer(0);
    }

    @Override
    public String getFunctionName() {
      return answer(1);
    }

    @Override
    public String getFunctionVersion() {
      return answer(2);
    }

    @Override
    public int getRemainingTimeInMillis() {
      answer(3);
      return super.getRemainingTimeInMillis();
    }

    @Override
    public LambdaLogger getLogger() {
      return answer(4) == null ? null : new Logger();
    }

    /** Takes text as the host does, or throws. */
    private final class Logger implements LambdaLogger {
      @Override
      public void log(String message) {
        answer(5);
        host.log(message);
      }

      @Override
      public void log(byte[] message) {
        log(new String(message, StandardCharsets.UTF_8));
      }
    }
  }
}
