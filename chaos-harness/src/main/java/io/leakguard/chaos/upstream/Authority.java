package io.leakguard.chaos.upstream;

import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import io.netty.util.NetUtil;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A certificate authority of one run, with which a stub on loopback answers in the name of any
 * host. Its key never leaves this process; functions under test trust it, and nobody else.
 * Thread-safe.
 */
public final class Authority {
  private static final char[] PASSWORD = "loopback".toCharArray();
  private static final Duration VALID = Duration.ofDays(2);

  /** How functions call this machine; the last is the name that shapes about names use. */
  private static final List<String> LOOPBACK = List.of("127.0.0.1", "localhost", "upstream.test");

  private final X509Bundle root;
  private final Path trustStore;
  private final Map<String, SslContext> contexts = new ConcurrentHashMap<>();

  private Authority(X509Bundle root, Path trustStore) {
    this.root = root;
    this.trustStore = trustStore;
  }

  /**
   * Makes an authority.
   *
   * @param folder where the store of what functions trust is written; the caller's to delete
   * @throws UncheckedIOException when it cannot be made
   */
  public static Authority in(Path folder) {
    try {
      X509Bundle root =
          builder("LeakGuard chaos run").setIsCertificateAuthority(true).buildSelfSigned();
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setCertificateEntry("run", root.getCertificate());
      Path file = folder.resolve("trust.p12");
      try (OutputStream out = Files.newOutputStream(file)) {
        store.store(out, PASSWORD);
      }
      return new Authority(root, file);
    } catch (IOException e) {
      throw new UncheckedIOException("no certificates: " + e.getMessage(), e);
    } catch (Exception e) {
      // The builder declares no narrower type.
      throw new UncheckedIOException(new IOException("no certificates: " + e.getMessage(), e));
    }
  }

  private static CertificateBuilder builder(String name) {
    Instant now = Instant.now();
    return new CertificateBuilder()
        .subject("CN=" + name)
        .ecp256()
        // A day of slack: the clock of a machine may be set back while it runs.
        .notBefore(now.minus(VALID))
        .notAfter(now.plus(VALID));
  }

  /** Options with which a JVM trusts this authority, and no other. */
  public List<String> jvmOptions() {
    return List.of(
        "-Djavax.net.ssl.trustStore=" + trustStore,
        "-Djavax.net.ssl.trustStoreType=PKCS12",
        "-Djavax.net.ssl.trustStorePassword=" + new String(PASSWORD));
  }

  /**
   * Begins TLS on a connection to this machine.
   *
   * @return false when there will be nothing but silence
   */
  boolean secure(SocketChannel channel, Handshake handshake) {
    if (handshake == Handshake.STALLED) {
      channel.config().setAutoRead(false);
      return false;
    }
    SslContext context =
        handshake == Handshake.NORMAL
            ? contexts.computeIfAbsent("", none -> issue(root, LOOPBACK))
            : contexts.computeIfAbsent("?", none -> issue(stranger(), LOOPBACK));
    channel.pipeline().addLast(context.newHandler(channel.alloc()));
    return true;
  }

  /** The server side of TLS for a host name or address. */
  SslContext contextFor(String host) {
    return contexts.computeIfAbsent(host, name -> issue(root, List.of(name)));
  }

  private static X509Bundle stranger() {
    try {
      return builder("stranger").setIsCertificateAuthority(true).buildSelfSigned();
    } catch (Exception e) {
      // The builder declares no narrower type.
      throw new IllegalStateException("no certificate of a stranger", e);
    }
  }

  private static SslContext issue(X509Bundle issuer, List<String> hosts) {
    try {
      CertificateBuilder leaf = builder("stand-in").addExtendedKeyUsageServerAuth();
      for (String host : hosts) {
        boolean address = NetUtil.isValidIpV4Address(host) || NetUtil.isValidIpV6Address(host);
        leaf = address ? leaf.addSanIpAddress(host) : leaf.addSanDnsName(host);
      }
      return SslContextBuilder.forServer(leaf.buildIssuedBy(issuer).toKeyManagerFactory())
          .sslProvider(SslProvider.JDK)
          .build();
    } catch (Exception e) {
      // The builder declares no narrower type.
      throw new IllegalStateException("no certificate for " + hosts, e);
    }
  }
}
