package io.leakguard;

import java.util.List;

/**
 * Threads that the JVM, the JDK or the Lambda runtime starts when it needs them, once or a few, and
 * ends itself.
 *
 * <p>Rules name mechanisms of the platform, never a library: what a library starts per invocation
 * is a leak, whoever wrote it. Cleaners are not here for that reason.
 */
final class BuiltInRules {
  private BuiltInRules() {}

  static List<IgnoreRule> all() {
    return List.of(
        IgnoreRule.anyFrame(
                "com.amazonaws.services.lambda.runtime.api.client.AWSLambda.startRuntimeLoop*")
            .because("a lane of the runtime client; 2.8.7 to 2.9.0"),
        IgnoreRule.anyFrame("sun.net.www.http.KeepAliveCache.run")
            .because("Keep-Alive-Timer, one per JVM, ends when idle; JDK 17 to 25"),
        IgnoreRule.anyFrame("sun.net.www.http.KeepAliveStreamCleaner.run")
            .because("Keep-Alive-SocketCleaner, one per JVM, ends when idle; JDK 17 to 25"),
        IgnoreRule.name("process reaper")
            .because(
                "idle, one pool per JVM, ends after a minute; with a live child it is called"
                    + " 'process reaper (pid N)' and is looked at; JDK 17 to 25"),
        IgnoreRule.name("CompletableFutureDelayScheduler")
            .because("orTimeout and friends, one per JVM; JDK 17 to 24"),
        IgnoreRule.name("ForkJoinPool.commonPool-delayScheduler")
            .because("orTimeout and friends, one per JVM; JDK 25"),
        IgnoreRule.group("CarrierThreads")
            .because("carries virtual threads, bounded by the scheduler; JDK 21 to 25"),
        IgnoreRule.anyFrame("sun.nio.ch.Poller.*Loop")
            .because(
                "wakes virtual threads from IO, a fixed few; a virtual thread that waits for IO has"
                    + " other methods of this class on its stack; JDK 21 to 25"),
        IgnoreRule.anyFrame("java.lang.VirtualThread.unblockVirtualThreads")
            .because("VirtualThread-unblocker, one per JVM; JDK 24 and 25"),
        IgnoreRule.name("VirtualThread-unparker*")
            .because("timed waits of virtual threads, a fixed few; JDK 21 to 24"),
        IgnoreRule.anyFrame("jdk.jfr.internal.PlatformRecorder.*")
            .because("the flight recorder's own thread, one per JVM; JDK 17 to 25"),
        IgnoreRule.name("JFR Recorder Thread")
            .because("the flight recorder's own thread, without frames; JDK 17 to 25"),
        IgnoreRule.name("Attach Listener")
            .because("the JVM's own, when a tool attaches; JDK 17 to 25"),
        IgnoreRule.name("Signal Dispatcher").because("the JVM's own; JDK 17 to 25"),
        IgnoreRule.name("DestroyJavaVM")
            .because("the JVM's own, after main has returned; JDK 17 to 25"));
  }
}
