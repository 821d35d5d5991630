package io.leakguard.chaos.upstream;

import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;

/**
 * Two certificates for loopback, one that functions are told to trust and one that they are not,
 * made by the JDK's {@code keytool} for one run. Thread-safe.
 */
public final class TlsKeys {
  private static final String PASSWORD = "loopback";
  private static final long LONGEST_SECONDS = 30;

  private final Path trusted;
  private final SslContext known;
  private final SslContext unknown;

  private TlsKeys(Path trusted, Path stranger) throws IOException, GeneralSecurityException {
    this.trusted = trusted;
    this.known = context(trusted);
    this.unknown = context(stranger);
  }

  /**
   * Makes them, which takes a second or two.
   *
   * @param folder an existing folder, the caller's to delete
   * @throws UncheckedIOException when they cannot be made
   */
  public static TlsKeys make(Path folder) {
    try {
      return new TlsKeys(
          generate(folder.resolve("trusted.p12")), generate(folder.resolve("stranger.p12")));
    } catch (IOException e) {
      throw new UncheckedIOException("no certificates: " + e.getMessage(), e);
    } catch (GeneralSecurityException e) {
      throw new UncheckedIOException(new IOException("no certificates: " + e.getMessage(), e));
    }
  }

  private static Path generate(Path store) throws IOException {
    Process keytool =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                    "-genkeypair",
                    "-alias",
                    "upstream",
                    "-keyalg",
                    "EC",
                    "-dname",
                    "CN=upstream",
                    "-ext",
                    "san=ip:127.0.0.1,dns:localhost",
                    "-storetype",
                    "PKCS12",
                    "-storepass",
                    PASSWORD,
                    "-keystore",
                    store.toString()))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      if (!keytool.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS) || !Files.exists(store)) {
        throw new IOException("keytool made no " + store.getFileName());
      }
      return store;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while keytool ran", e);
    } finally {
      keytool.destroy();
    }
  }

  private static SslContext context(Path store) throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD.toCharArray());
    return SslContextBuilder.forServer(managers).sslProvider(SslProvider.JDK).build();
  }

  /** Options with which a JVM trusts the first of the certificates, and no other. */
  public List<String> jvmOptions() {
    return List.of(
        "-Djavax.net.ssl.trustStore=" + trusted,
        "-Djavax.net.ssl.trustStoreType=PKCS12",
        "-Djavax.net.ssl.trustStorePassword=" + PASSWORD);
  }

  /**
   * Begins TLS on a connection.
   *
   * @return false when there will be nothing but silence
   */
  boolean secure(SocketChannel channel, Handshake handshake) {
    if (handshake == Handshake.STALLED) {
      channel.config().setAutoRead(false);
      return false;
    }
    SslContext context = handshake == Handshake.NORMAL ? known : unknown;
    channel.pipeline().addLast(context.newHandler(channel.alloc()));
    return true;
  }
}
