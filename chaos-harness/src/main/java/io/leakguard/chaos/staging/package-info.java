/**
 * Plays failure shapes on functions that are deployed: invokes them through AWS, disturbs the way
 * to their upstreams through a shared Toxiproxy, and has the documents of their guards from
 * CloudWatch Logs judged. {@link io.leakguard.chaos.staging.StagingSession} is the front door.
 */
package io.leakguard.chaos.staging;
