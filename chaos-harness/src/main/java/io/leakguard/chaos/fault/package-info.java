/**
 * Network faults between a function and its upstream, made by a Toxiproxy server. {@link
 * io.leakguard.chaos.fault.ToxiproxyServer} is the front door.
 */
package io.leakguard.chaos.fault;
