package io.leakguard.chaos.fault;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The pinned release of the Toxiproxy project, accepted only with the pinned checksum. */
final class ToxiproxyRelease {
  /** From the release's own list of checksums. */
  private static final Map<String, String> SHA_256 =
      Map.of(
          "linux-amd64", "556d891134a3c582dc1e1a3f7335fd55142e5965769855a00b944e13e48302fc",
          "linux-arm64", "53e770c1c3035b5a9f1bc629fce537db1f95f62b26f4ebe6e756afd701cf077c");

  /** A machine without a network must not wait. */
  private static final Duration ANSWER = Duration.ofSeconds(5);

  private static final Duration BODY = Duration.ofSeconds(60);

  private ToxiproxyRelease() {}

  /**
   * Downloads the release.
   *
   * @throws IOException saying why it cannot be had
   */
  static ToxiproxyBinary download(Path target) throws IOException, InterruptedException {
    String platform = "linux-" + architecture(System.getProperty("os.arch", ""));
    String checksum = SHA_256.get(platform);
    if (checksum == null) {
      throw new IOException("no release for " + platform);
    }
    URI address =
        URI.create(
            "https://github.com/Shopify/toxiproxy/releases/download/v"
                + ToxiproxyBinary.VERSION
                + "/toxiproxy-server-"
                + platform);
    return install(fetch(address), checksum, target);
  }

  static String architecture(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "x86_64", "amd64" -> "amd64";
      case "aarch64", "arm64" -> "arm64";
      default -> name;
    };
  }

  private static byte[] fetch(URI address) throws IOException, InterruptedException {
    HttpClient client =
        HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(3))
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();
    // The client has no deadline for the look-up of a name.
    HttpResponse<InputStream> response =
        within(
            ANSWER,
            client.sendAsync(
                HttpRequest.newBuilder(address).build(),
                HttpResponse.BodyHandlers.ofInputStream()));
    try (InputStream body = response.body()) {
      if (response.statusCode() != 200) {
        throw new IOException("status " + response.statusCode());
      }
      return within(BODY, CompletableFuture.supplyAsync(() -> readAll(body)));
    }
  }

  private static byte[] readAll(InputStream body) {
    try {
      return body.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static <T> T within(Duration deadline, CompletableFuture<T> future)
      throws IOException, InterruptedException {
    try {
      return future.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      future.cancel(true);
      throw new IOException("no answer within " + deadline.toSeconds() + " s", e);
    } catch (ExecutionException e) {
      throw new IOException(reason(e.getCause()), e);
    }
  }

  /** The innermost cause: those around it often have no message. */
  private static String reason(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String name = cause.getClass().getSimpleName();
    return cause.getMessage() == null ? name : name + ": " + cause.getMessage();
  }

  static ToxiproxyBinary install(byte[] body, String checksum, Path target) throws IOException {
    String actual = sha256(body);
    if (!actual.equals(checksum)) {
      throw new IOException("SHA-256 must be " + checksum + ": " + actual);
    }
    Files.createDirectories(target.getParent());
    Path part = Files.createTempFile(target.getParent(), "toxiproxy-", ".part");
    Files.write(part, body);
    Files.setPosixFilePermissions(part, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    return new ToxiproxyBinary(target, "downloaded");
  }

  private static String sha256(byte[] body) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
