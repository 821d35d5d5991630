package io.leakguard;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A host whose time passes only when told to, and whose output can be read. */
final class FakeHost implements Host {
  private final Map<String, String> variables = new HashMap<>();
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(written, true, StandardCharsets.UTF_8);
  final List<String> logged = new ArrayList<>();
  final List<Long> pauses = new ArrayList<>();
  private Runnable onPause = () -> {};
  private Instant now = Instant.now();
  private long nanos = 1;

  FakeHost variable(String name, String value) {
    variables.put(name, value);
    return this;
  }

  FakeHost onPause(Runnable action) {
    onPause = action;
    return this;
  }

  void pass(Duration time) {
    nanos += time.toNanos();
    now = now.plus(time);
  }

  /** Returns the lines written so far. */
  List<String> lines() {
    return written.toString(StandardCharsets.UTF_8).lines().toList();
  }

  @Override
  public String variable(String name) {
    return variables.get(name);
  }

  @Override
  public long nanoTime() {
    return nanos;
  }

  @Override
  public void pause(long pause) {
    pauses.add(pause);
    nanos += pause;
    onPause.run();
  }

  @Override
  public Instant now() {
    return now;
  }

  @Override
  public PrintStream out() {
    return out;
  }

  @Override
  public void log(String line) {
    logged.add(line);
  }
}
