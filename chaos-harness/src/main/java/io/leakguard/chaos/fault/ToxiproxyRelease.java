package io.leakguard.chaos.fault;

import java.io.IOException;
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
import java.util.Optional;
import java.util.function.Consumer;

/** The pinned release of the Toxiproxy project, accepted only with the pinned checksum. */
final class ToxiproxyRelease {
  /** From the release's own list of checksums. */
  private static final Map<String, String> SHA_256 =
      Map.of(
          "linux-amd64", "556d891134a3c582dc1e1a3f7335fd55142e5965769855a00b944e13e48302fc",
          "linux-arm64", "53e770c1c3035b5a9f1bc629fce537db1f95f62b26f4ebe6e756afd701cf077c");

  private ToxiproxyRelease() {}

  static Optional<ToxiproxyBinary> download(Path target, Consumer<String> notice) {
    String platform = "linux-" + architecture(System.getProperty("os.arch", ""));
    String checksum = SHA_256.get(platform);
    if (checksum == null) {
      return Optional.empty();
    }
    URI address =
        URI.create(
            "https://github.com/Shopify/toxiproxy/releases/download/v"
                + ToxiproxyBinary.VERSION
                + "/toxiproxy-server-"
                + platform);
    try {
      byte[] body = fetch(address);
      return Optional.of(install(body, checksum, target));
    } catch (IOException e) {
      notice.accept("download of " + address + " failed: " + e);
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
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
    HttpRequest request = HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(30)).build();
    HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
    if (response.statusCode() != 200) {
      throw new IOException("status " + response.statusCode());
    }
    return response.body();
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
