package io.leakguard;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A host that keeps no output but checks each line at once, and whose waits are short ones.
 *
 * <p>Thread-safe.
 */
final class CheckedHost implements Host {
  /** The schema takes a thousand times as long as a parse. */
  private static final int SCHEMA_FOR_ONE_IN = 256;

  private static final String SIGN_OF_LIFE = "{\"leakguard\"";
  private static final int LONGEST_TEXT = 70_000;
  private static final long SHORT_PAUSE = 20_000;
  private static final JsonFactory JSON = new JsonFactory();

  private final Map<String, String> variables;
  private final Instant began = Instant.now();
  private final AtomicLong nanos = new AtomicLong(1);
  private final List<String> faults = new ArrayList<>();
  private final PrintStream out = new PrintStream(new Lines(), true, StandardCharsets.UTF_8);
  private long lines;
  private long texts;

  CheckedHost(Map<String, String> variables) {
    this.variables = variables;
  }

  void pass(long time) {
    nanos.addAndGet(time);
  }

  /** Returns how many metric lines were written. */
  synchronized long lines() {
    return lines;
  }

  /** Returns how many texts for people were written. */
  synchronized long texts() {
    return texts;
  }

  /** Returns what was wrong with the output since the last call. */
  synchronized List<String> takeFaults() {
    List<String> taken = List.copyOf(faults);
    faults.clear();
    return taken;
  }

  @Override
  public String variable(String name) {
    return variables.get(name);
  }

  @Override
  public long nanoTime() {
    return nanos.get();
  }

  @Override
  public void pause(long pause) {
    nanos.addAndGet(pause);
    boolean interrupted = Thread.interrupted();
    LockSupport.parkNanos(Math.min(pause, SHORT_PAUSE));
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public Instant now() {
    return began.plusNanos(nanos.get());
  }

  @Override
  public PrintStream out() {
    return out;
  }

  /** Also what a context's logger takes: text for people, in lines free of control characters. */
  @Override
  public synchronized void log(String text) {
    texts++;
    if (text.length() > LONGEST_TEXT) {
      faults.add("a text of " + text.length() + " characters");
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isISOControl(c) && c != '\n') {
        faults.add("character " + (int) c + " at " + i + " of: " + text);
        return;
      }
    }
    if (text.contains("LeakGuard failed") && !text.contains(Hostile.MARK)) {
      faults.add(text);
    }
  }

  private synchronized void check(String line) {
    boolean isDocument = !line.startsWith(SIGN_OF_LIFE);
    lines += isDocument ? 1 : 0;
    try {
      if (isDocument && lines % SCHEMA_FOR_ONE_IN == 1) {
        EmfDocument.parse(line);
      }
      try (JsonParser parser = JSON.createParser(line)) {
        while (parser.nextToken() != null) {
          if (parser.currentToken().isScalarValue()) {
            parser.getText();
          }
        }
      }
    } catch (IOException | RuntimeException | AssertionError e) {
      faults.add(e + " in " + line);
    }
  }

  /** Collects bytes until a line is complete. */
  private final class Lines extends OutputStream {
    private final ByteArrayOutputStream begun = new ByteArrayOutputStream();

    @Override
    public synchronized void write(int b) {
      if (b == '\n') {
        check(begun.toString(StandardCharsets.UTF_8));
        begun.reset();
      } else {
        begun.write(b);
      }
    }
  }
}
