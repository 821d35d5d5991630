package io.leakguard;

/**
 * Tells a level that keeps rising from one that warms up, breathes or jumped once.
 *
 * <p>A <em>rise</em> is a looked-at invocation with a level above all before it; the first level
 * recorded is where it starts from, so what the first invocation opens is none. A <em>run</em> is
 * what happened since the level last fell back or rested. Growth is confirmed at a rise when
 *
 * <ul>
 *   <li>the run has four rises, or eight where their sizes differ by more than twice, and one more
 *       for each time the level fell back before: what breathes needs more to accuse it;
 *   <li>and at least half of them lie in the later half of the run. The rises of a leak come
 *       evenly; those of a high-water mark come ever more rarely (after n looks at random levels
 *       about one is expected in the later half, whatever n is).
 * </ul>
 *
 * <p>Connections are held to one thing more, since a pool that warms up takes in one after the
 * other just as a leak does, and is as even: growth is confirmed when it is more than fifty, the
 * largest customary bound of a pool, or when the run has lasted for more than fifty invocations,
 * with one distance of its rises before the first and one after the last ({@link #hasOutgrown}).
 * Sockets that no pool holds for use are not held to it ({@link SocketGrowth}).
 *
 * <p>A run ends when the level has lost more than half of what it had gained, or has rested for
 * twenty looks and four times as long as its rises were apart.
 *
 * <p>Error modes. One more per invocation is confirmed in the fifth, one in every second in the
 * ninth, one in every tenth after four or more of them; of connections, all of these only after
 * about fifty. Within these, a cache that takes in exactly one thing in each of four invocations
 * running is accused, and told to be bounded once it has rested: no count can tell it from a leak
 * before it stops. A leak below the noise of what breathes with it is seen only once it has
 * outgrown half of that noise. A leak that is collected now and then (streams that a cleaner
 * closes) is confirmed, then recovered, and is asked for more evidence each time.
 *
 * <p>Not thread-safe.
 */
final class Slope {
  private static final int RISES = 4;
  private static final int UNEVEN_RISES = 8;
  private static final int MOST_FOR_FALLS = 12;

  /** A level that fell after it was reported has breathed more than one that only wavers. */
  private static final int FALLS_OF_A_RETRACTION = 4;

  private static final int REST = 20;
  private static final int LONGEST_REST = 256;
  private static final int REMEMBERED = 64;

  private final int factor;
  private final long[] times = new long[REMEMBERED];
  private long looks;
  private long lastLook;
  private int high;
  private int level;
  private int base;
  private long start;
  private long startLook;
  private long lastRiseLook;
  private int rises;
  private long firstRise;
  private long lastRise;
  private int smallest;
  private int largest;
  private int falls;
  private boolean fallen;

  Slope() {
    this(1);
  }

  /**
   * Makes a rule that asks for more.
   *
   * @param factor how many times as many rises it takes
   */
  Slope(int factor) {
    this.factor = factor;
  }

  /** Records the level at the end of an invocation; true if it is a new high. */
  boolean record(int newLevel, long invocation) {
    if (rises > 0 && isResting()) {
      restart(level, lastLook);
    }
    long sinceLook = invocation - lastLook;
    begin(newLevel, invocation);
    boolean rose = newLevel > high;
    fallen = !rose && looks > 1 && 2L * (newLevel - base) < (long) high - base;
    if (rose) {
      rise(newLevel, invocation, sinceLook);
    } else if (fallen) {
      // The first invocation opens and closes much that no later one does.
      falls += looks > 2 ? 1 : 0;
      restart(newLevel, invocation);
    }
    return rose;
  }

  private void begin(int newLevel, long invocation) {
    looks++;
    lastLook = invocation;
    level = newLevel;
    if (looks == 1) {
      restart(newLevel, invocation);
    }
  }

  private void rise(int newLevel, long invocation, long sinceLook) {
    // After invocations that were not looked at, the size says nothing.
    if (sinceLook == 1) {
      int size = newLevel - high;
      smallest = smallest == 0 ? size : Math.min(smallest, size);
      largest = Math.max(largest, size);
    }
    high = newLevel;
    times[rises % REMEMBERED] = invocation;
    firstRise = rises == 0 ? invocation : firstRise;
    lastRise = invocation;
    rises++;
    lastRiseLook = looks;
  }

  /**
   * Records a level that something else explains: it raises the high without being a rise.
   *
   * @param newLevel the level at the end of the invocation
   */
  void excuse(int newLevel, long invocation) {
    begin(newLevel, invocation);
    fallen = false;
    if (newLevel > high) {
      base += newLevel - high;
      high = newLevel;
    }
  }

  /** Begins a new run at this level. */
  void restart(int newLevel, long invocation) {
    base = newLevel;
    high = newLevel;
    start = invocation;
    startLook = looks;
    lastRiseLook = looks;
    rises = 0;
    smallest = 0;
    largest = 0;
  }

  /** Asks for more evidence the next time: what was reported has gone. */
  void retracted() {
    falls += FALLS_OF_A_RETRACTION;
  }

  /** Says whether the rises of this run are those of a leak. */
  boolean isConfirmed() {
    return rises >= needed() && 2 * riseInLaterHalf() >= Math.min(rises, REMEMBERED);
  }

  /**
   * Says whether the run is longer or larger than that of a pool which warms up.
   *
   * @param most how many a pool may hold, and in how many invocations it may take them in
   */
  boolean hasOutgrown(int most) {
    if (gain() > most) {
      return true;
    }
    if (rises < 2) {
      return false;
    }
    // What happens in every tenth may have begun nine before its first rise, and goes on as long.
    long span = lastRise - firstRise;
    return span + 2 * span / (rises - 1) > most + 1;
  }

  private int needed() {
    int even = largest <= 2 * smallest ? RISES : UNEVEN_RISES;
    return factor * even + Math.min(falls, MOST_FOR_FALLS);
  }

  private int riseInLaterHalf() {
    long middle = start + (lastLook - start) / 2;
    int later = 0;
    for (int i = 0; i < Math.min(rises, REMEMBERED); i++) {
      later += times[i] > middle ? 1 : 0;
    }
    return later;
  }

  /** Says whether the last level recorded had lost more than half of what the run had gained. */
  boolean hasFallen() {
    return fallen;
  }

  /** Says whether the level has stayed where it is for long, measured by how it rose. */
  boolean isResting() {
    long apart = rises == 0 ? 0 : (lastRiseLook - startLook) / rises;
    return looks - lastRiseLook >= Math.min(Math.max(REST, 4 * apart), LONGEST_REST);
  }

  /** Returns how many looks have passed since the last rise, or since the run began. */
  long looksSinceRise() {
    return looks - lastRiseLook;
  }

  /** Returns the level recorded last. */
  int level() {
    return level;
  }

  /** Returns the highest level of this run. */
  int high() {
    return high;
  }

  /** Returns in how many invocations this run reached a new high. */
  int rises() {
    return rises;
  }

  /** Returns the invocation that this run began after. */
  long first() {
    return start;
  }

  /** Returns the last invocation that was looked at. */
  long last() {
    return lastLook;
  }

  /** Returns how much the level gained in this run. */
  int gain() {
    return level - base;
  }

  /** Returns the growth per invocation over this run; 0 where that says nothing. */
  double perInvocation() {
    return rises == 0 ? 0 : (double) gain() / Math.max(1, lastLook - start);
  }
}
