/**
 * A TCP proxy inside the harness that speaks Toxiproxy's HTTP API and disturbs connections as
 * Toxiproxy 2.12 does. {@link io.leakguard.chaos.proxy.EmbeddedProxy} is the front door. The API
 * runs on one thread, all connections on another: no connection can block the API.
 */
package io.leakguard.chaos.proxy;
