package io.leakguard;

import io.leakguard.diagnosis.ThreadFacts;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the virtual threads out of a thread dump in plain text, as JDK 21 to 25 write it.
 *
 * <p>Plain text and not JSON: in both versions the JDK's JSON dump fails at the first thread with a
 * control character in its name. In plain text a name may contain line ends, so a header goes on
 * until its end is seen. A name that imitates the dump itself can make up a thread, but does no
 * other harm. Not thread-safe.
 */
final class VirtualDumpParser {
  private static final int MOST_THREADS = 10_000;
  private static final int MOST_CHARS = 32 << 20;
  private static final int MOST_FRAMES = 256;
  private static final String FRAME_21 = "      ";
  private static final String FRAME_25 = "    at ";
  private static final String LOCK_25 = "    - ";

  private final VirtualDumpLines lines;
  private final VirtualFrames known = new VirtualFrames();
  private final List<Virtual> found = new ArrayList<>();
  private final List<StackTraceElement> frames = new ArrayList<>();
  private VirtualDumpHeader header;
  private String waitsFor = "";
  private int headers;

  VirtualDumpParser(Reader in) {
    this.lines = new VirtualDumpLines(in, MOST_CHARS);
  }

  /**
   * Reads all of it, or as much as may be read.
   *
   * @throws IOException if it cannot be read, or has no thread in it
   */
  List<Virtual> parse() throws IOException {
    boolean afterBlank = true;
    for (String line = lines.next(); line != null && !isFull(); line = lines.next()) {
      VirtualDumpHeader next = afterBlank ? VirtualDumpHeader.begin(line) : null;
      if (next != null) {
        close();
        header = next;
      } else if (header != null) {
        inThread(line);
      }
      afterBlank = line.isEmpty();
    }
    close();
    if (headers == 0) {
      throw new IOException("no thread in the thread dump of JDK " + Runtime.version());
    }
    return found;
  }

  private void inThread(String line) {
    if (!header.isComplete()) {
      header.goOn(line);
    } else if (line.isEmpty()) {
      close();
    } else if (line.startsWith(LOCK_25)) {
      lock(line);
    } else if (!isFrame(line)) {
      // What looked like frames was the middle of a name.
      frames.clear();
      waitsFor = "";
      header.goOn(line);
    }
  }

  private boolean isFrame(String line) {
    String prefix = line.startsWith(FRAME_25) ? FRAME_25 : FRAME_21;
    if (!line.startsWith(prefix)) {
      return false;
    }
    StackTraceElement frame =
        header.isVirtual() ? known.frame(line.substring(prefix.length())) : null;
    if (frame != null && frames.size() < MOST_FRAMES) {
      frames.add(frame);
    }
    return frame != null || !header.isVirtual();
  }

  /** After the first frame comes what the thread waits for, after others what it holds. */
  private void lock(String line) {
    int open = line.indexOf('<');
    if (frames.size() == 1 && open > 0 && line.endsWith(">")) {
      waitsFor = line.substring(open + 1, line.length() - 1);
    }
  }

  private void close() {
    if (header != null && header.isComplete()) {
      headers++;
      // Without frames it is about to run or about to end.
      if (header.isVirtual() && !frames.isEmpty()) {
        add(known.stack(frames));
      }
    }
    header = null;
    frames.clear();
    waitsFor = "";
  }

  private void add(List<StackTraceElement> stack) {
    Thread.State state = header.state() == null ? VirtualStates.of(stack) : header.state();
    ThreadFacts facts = new ThreadFacts(header.name(), "", state, stack);
    if (!VirtualStates.isOfTheJdk(facts)) {
      found.add(new Virtual(header.id(), 0, facts, waitsFor));
    }
  }

  private boolean isFull() {
    return found.size() >= MOST_THREADS;
  }

  /** Says whether nothing was left out. */
  boolean isComplete() {
    return !isFull() && !lines.isCut();
  }
}
