package io.leakguard.diagnosis;

import java.lang.ref.WeakReference;
import java.util.concurrent.locks.LockSupport;

/**
 * What a thread belongs to: workers of one pool have one owner, two pools are two owners.
 *
 * <p>An idle worker waits on an object that its pool's workers share and no other pool's do
 * (measured on JDK 17 and 25: a queue's condition, a transferer, a fork-join pool itself). Where
 * there is no such object, two numbers in the name are group and member. Else a thread belongs to
 * itself. Objects are held weakly: an owner keeps neither pool nor thread alive. Equal owners are
 * the same pool; immutable and thread-safe.
 */
public final class Owner {
  /** How an owner was found, the surest first. */
  public enum Kind {
    /** By the object that an idle consumer waits on. */
    WAITED_FOR,
    /** By the group number in the thread's name. */
    NAMED_GROUP,
    /** Nothing says more than that it is this thread. */
    THREAD
  }

  private final Kind kind;
  private final Object key;
  private final String group;

  private Owner(Kind kind, Object key, String group) {
    this.kind = kind;
    this.key = key;
    this.group = group == null ? "" : group;
  }

  /**
   * Finds the owner of a live thread.
   *
   * @param thread the thread
   * @param facts what was just seen of it
   * @return the owner; the thread itself where no other is found
   */
  public static Owner of(Thread thread, ThreadFacts facts) {
    return of(thread, isIdleConsumer(facts));
  }

  /**
   * Finds the owner of a live thread of which it is known how it waits.
   *
   * @param thread the thread
   * @param idle whether it {@linkplain #isIdleConsumer waits for work}
   * @return the owner; the thread itself where no other is found
   */
  public static Owner of(Thread thread, boolean idle) {
    Object waitedFor = idle ? LockSupport.getBlocker(thread) : null;
    String group = ThreadNames.groupOf(thread.getName());
    if (waitedFor != null) {
      return new Owner(Kind.WAITED_FOR, new Identity(waitedFor), group);
    }
    return group != null
        ? new Owner(Kind.NAMED_GROUP, group, group)
        : new Owner(Kind.THREAD, new Identity(thread), null);
  }

  /**
   * Makes the owner of something that belongs to nothing but itself.
   *
   * @param itself told from others by its identity, and held weakly
   * @return an owner that nothing else has
   */
  public static Owner alone(Object itself) {
    return new Owner(Kind.THREAD, new Identity(itself), null);
  }

  /**
   * Says whether the thread waits for work to be handed to it, as pool workers do. Who takes
   * results from a completion service waits for a task, though it takes from a queue.
   *
   * @param facts the thread
   * @return whether it waits for work
   */
  public static boolean isIdleConsumer(ThreadFacts facts) {
    boolean handedOver = false;
    for (StackTraceElement frame : Frames.head(facts.frames())) {
      if (Frames.isResult(frame)) {
        return false;
      }
      handedOver |= isHandOver(frame);
    }
    return handedOver;
  }

  private static boolean isHandOver(StackTraceElement frame) {
    String method = frame.getMethodName();
    return switch (frame.getClassName()) {
      case "java.util.concurrent.ThreadPoolExecutor" -> method.equals("getTask");
      case "java.util.concurrent.ForkJoinPool" -> method.equals("awaitWork");
      default ->
          Frames.isQueue(frame.getClassName())
              && (method.startsWith("take") || method.startsWith("poll"));
    };
  }

  /** {@return how this owner was found} */
  public Kind kind() {
    return kind;
  }

  /**
   * {@return what the names of one pool's workers share, {@code pool-3-thread-}; empty where the
   * name has fewer than two numbers}
   */
  public String group() {
    return group;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Owner that && kind == that.kind && key.equals(that.key);
  }

  @Override
  public int hashCode() {
    return key.hashCode();
  }

  @Override
  public String toString() {
    return kind + " " + key;
  }

  /** Equal for the same object only; an object that is gone equals nothing but this reference. */
  private static final class Identity extends WeakReference<Object> {
    private final int hash;

    Identity(Object object) {
      super(object);
      this.hash = System.identityHashCode(object);
    }

    @Override
    public boolean equals(Object other) {
      if (this == other) {
        return true;
      }
      return other instanceof Identity that && hash == that.hash && that.refersTo(get());
    }

    @Override
    public int hashCode() {
      return hash;
    }

    @Override
    public String toString() {
      return "@" + Integer.toHexString(hash);
    }
  }
}
