package io.leakguard.chaos.scenario;

import io.leakguard.chaos.fault.Toxic;
import io.leakguard.chaos.upstream.Handshake;
import java.util.List;

/** Shapes in which an upstream cannot be reached. */
final class ConnectionShapes {
  static final List<Shape> ALL =
      List.of(
          Shape.of(
                  "connection-refused",
                  "nothing listens, as during a deploy of the upstream: Connection refused",
                  "cleanup that an exception skips, retry machinery made on failure",
                  new ConnectionFault.Refuse())
              .withStory("A dependency is deployed, or its port has changed.")
              .like("Connection refused", "ConnectException", "HttpHostConnectException"),
          Shape.of(
                  "connection-reset",
                  "connections are reset at the first byte: Connection reset",
                  "cleanup that an exception skips, clients closed on success only",
                  new ConnectionFault.Disturb(List.of(new Toxic.ResetPeer()), true))
              .withStory("A firewall or a crashing process resets what it does not know.")
              .like("Connection reset", "Connection reset by peer", "SocketException"),
          Shape.of(
                  "connect-times-out",
                  "no packet comes back when connecting: Connect timed out",
                  "connects without a timeout, threads that are stuck in connect",
                  new ConnectionFault.Swallow())
              .withStory("A security group or a route was changed, and packets are dropped.")
              .like(
                  "Connect timed out",
                  "HttpConnectTimeoutException",
                  "ConnectTimeoutException",
                  "connection timed out",
                  "Connection timed out")
              .withFaultInvocations(6),
          Shape.of(
                  "unknown-host",
                  "the upstream's name has no address: UnknownHostException",
                  "cleanup that an exception before the connection skips",
                  new ConnectionFault.Unresolved())
              .withStory("The resolver is overloaded, or a private zone lost its association.")
              .like(
                  "UnknownHostException",
                  "Name or service not known",
                  "Temporary failure in name resolution",
                  "nodename nor servname",
                  "No such host is known",
                  "UnresolvedAddressException"),
          Shape.of(
                  "tls-handshake-stalls",
                  "the upstream accepts and never answers the TLS handshake",
                  "timeouts that do not cover the handshake, tasks nobody waits for any more",
                  new ConnectionFault.Shake(Handshake.STALLED))
              .withStory(
                  "The machine in front is out of CPU. The connection stands, so the connect"
                      + " timeout has passed, and in many a client the read timeout has not begun.")
              .like(
                  "handshake timed out",
                  "SSLHandshakeException",
                  "Read timed out",
                  "Remote host terminated the handshake",
                  "SSL peer shut down incorrectly")
              .withFaultInvocations(UpstreamShapes.FEW),
          Shape.of(
                  "certificate-not-trusted",
                  "the upstream shows a certificate that is not trusted: PKIX path building failed",
                  "cleanup that an exception before the request skips",
                  new ConnectionFault.Shake(Handshake.UNTRUSTED))
              .withStory("A certificate was renewed by another authority, or has expired.")
              .like(
                  "PKIX path building failed",
                  "unable to find valid certification path",
                  "SSLHandshakeException",
                  "CertificateExpiredException",
                  "SSLPeerUnverifiedException"));

  private ConnectionShapes() {}
}
