package io.leakguard.gauntlet.cases;

import io.leakguard.gauntlet.fixture.Fixtures;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;

/** A request with the JDK's oldest client. */
final class Http {
  private Http() {}

  static void get(String path) throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection) URI.create(Fixtures.url(path)).toURL().openConnection();
    try (InputStream in = connection.getInputStream()) {
      in.readAllBytes();
    }
  }
}
