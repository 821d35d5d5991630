package io.leakguard;

import java.util.List;

/**
 * Threads that the JVM, the JDK or the Lambda runtime starts when it needs them, once or a few, and
 * ends itself.
 *
 * <p>Rows name mechanisms of the platform, never a library: what a library starts per invocation is
 * a leak, whoever wrote it. For that reason there is no row for what the JDK starts per object:
 * cleaners, timers, HTTP clients and servers, watch services, channel groups of the function's own.
 * Seen on 17 and 25 unless a row says other; what a row says of 21 is from the JDK's source.
 */
final class BuiltInRules {
  private static final String SYSTEM = "system";
  private static final String INNOCUOUS = "InnocuousThreadGroup";

  private BuiltInRules() {}

  static List<PlatformThread> all() {
    return List.of(
        new PlatformThread("a lane of the runtime client; 2.8.7 to 2.9.0")
            .inFrame(
                "com.amazonaws.services.lambda.runtime.api.client.AWSLambda.startRuntimeLoop*"),
        new PlatformThread("the JVM's own, when a tool attaches; JDK 17 to 25")
            .named("Attach Listener")
            .ofGroup(SYSTEM),
        new PlatformThread("the JVM's own; JDK 17 to 25")
            .named("Signal Dispatcher")
            .ofGroup(SYSTEM),
        new PlatformThread("the JVM's own, after main has returned; JDK 17 to 25")
            .named("DestroyJavaVM")
            .ofGroup("main"),
        // In one group or the other. With a live child it is called "process reaper (pid N)" and is
        // looked at.
        new PlatformThread("waits for child processes, idle, ends after a minute; JDK 17 to 25")
            .named("process reaper")
            .ofGroup(SYSTEM),
        new PlatformThread("waits for child processes, idle, ends after a minute; JDK 17 to 25")
            .named("process reaper")
            .ofGroup(INNOCUOUS),
        new PlatformThread("Keep-Alive-Timer, one per JVM, ends when idle; JDK 17 to 25")
            .inFrame("sun.net.www.http.KeepAliveCache.run"),
        new PlatformThread("Keep-Alive-SocketCleaner, one per JVM, ends when idle; JDK 17 to 25")
            .inFrame("sun.net.www.http.KeepAliveStreamCleaner.run"),
        // At work they may run what depends on a future that timed out: then they are looked at.
        new PlatformThread("orTimeout and friends, one per JVM, idle; JDK 17 to 24")
            .named("CompletableFutureDelayScheduler")
            .inFrame("java.util.concurrent.ScheduledThreadPoolExecutor$DelayedWorkQueue.*"),
        new PlatformThread("orTimeout and friends, one per JVM, idle; JDK 25")
            .named("ForkJoinPool.commonPool-delayScheduler")
            .inFrame("java.util.concurrent.DelayScheduler.loop")
            .without("java.util.concurrent.ForkJoinTask.doExec"),
        new PlatformThread("carries virtual threads, bounded by the scheduler; JDK 21 to 25")
            .ofGroup("CarrierThreads"),
        // A virtual thread that waits for IO has other methods of this class on its stack.
        new PlatformThread("wakes virtual threads from IO, a fixed few; JDK 21 to 25")
            .inFrame("sun.nio.ch.Poller.*Loop"),
        new PlatformThread("VirtualThread-unblocker, one per JVM; JDK 24 and 25")
            .inFrame("java.lang.VirtualThread.unblockVirtualThreads"),
        new PlatformThread("timed waits of virtual threads, a fixed few; JDK 21 to 24")
            .named("VirtualThread-unparker*")
            .ofGroup(INNOCUOUS),
        new PlatformThread("JFR Periodic Tasks, one per JVM; JDK 17 to 25")
            .inFrame("jdk.jfr.internal.PlatformRecorder.periodicTask"),
        new PlatformThread("the flight recorder's native thread, one per JVM; JDK 17 to 25")
            .named("JFR Recorder Thread")
            .ofGroup(SYSTEM),
        new PlatformThread("ends timed recordings, one per JVM; JDK 17 to 25")
            .named("JFR Recording Scheduler")
            .inFrame("java.util.TimerThread.mainLoop"),
        new PlatformThread(
                "serves a remote caller such as a JMX console, ends with it; JDK 17 to 25")
            .ofGroup("RMI Runtime"),
        new PlatformThread("the JMX agent's own port, one per JVM; JDK 17 to 25")
            .inFrame("sun.management.jmxremote.LocalRMIServerSocketFactory*"),
        new PlatformThread("RMI's timed tasks, one per JVM; JDK 17 to 25")
            .named("RMI Scheduler(*)")
            .ofGroup(SYSTEM),
        new PlatformThread("RMI Reaper, one per JVM; JDK 17 to 25")
            .inFrame("sun.rmi.transport.ObjectTable$Reaper.run"),
        new PlatformThread("RMI GC Daemon, one per JVM; JDK 17 to 25")
            .inFrame("sun.rmi.transport.GC$Daemon.run"),
        new PlatformThread("Java2D Disposer, one per JVM; JDK 17 to 25")
            .inFrame("sun.java2d.Disposer.run"),
        new PlatformThread("fetches images, idle, four at most, ends after seconds; JDK 17 to 25")
            .inFrame("sun.awt.image.ImageFetcher.nextImage"),
        // Nothing but its creation tells this timer from one of the function's own.
        new PlatformThread("writes preferences, one per JVM; JDK 17 to 25")
            .inFrame("java.util.TimerThread.mainLoop")
            .startedIn("java.util.prefs.FileSystemPreferences.<clinit>"),
        new PlatformThread("the default group of asynchronous channels, one per JVM; JDK 17 to 25")
            .inFrame("sun.nio.ch.*$EventHandlerTask.run")
            .startedIn("sun.nio.ch.*AsynchronousChannelProvider.default*"));
  }
}
