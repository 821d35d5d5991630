package io.leakguard.chaos.lambda;

import io.leakguard.chaos.process.Supervisor;
import io.netty.channel.EventLoop;
import java.nio.file.Path;
import java.util.concurrent.Executor;

/**
 * What all functions and environments share.
 *
 * @param loop the one event loop: all state of functions and environments is confined to it, and
 *     all their connections are served by it
 * @param workers for what may block
 * @param scratch a folder that disappears with the run
 */
record Host(
    Supervisor supervisor,
    EventLoop loop,
    Executor workers,
    OutputPump pump,
    EnvironmentListener listener,
    Path scratch) {}
