package io.leakguard.chaos.upstream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import org.junit.jupiter.api.Test;

class HealthyContentTest {
  private static final String SIGNED = "AWS4-HMAC-SHA256 Credential=AKIA/20260101/us-east-1/x";

  @Test
  void of_anything_isAnEmptyObject() {
    assertThat(text(request("api.example"))).isEqualTo("{}");
  }

  @Test
  void of_clientOfS3_isAnEmptyElement() {
    HttpRequest request = request("bucket.s3.eu-west-1.amazonaws.com");
    request.headers().set("Authorization", SIGNED);

    assertThat(text(request)).startsWith("<?xml").endsWith("<Result></Result>");
    assertThat(HealthyContent.typeOf(HealthyContent.of(request))).isEqualTo("application/xml");
  }

  @Test
  void of_clientOfTheQueryProtocol_isAnEmptyElement() {
    HttpRequest request = request("sns.us-east-1.amazonaws.com");
    request.headers().set("Authorization", SIGNED);
    request.headers().set("Content-Type", "application/x-www-form-urlencoded; charset=utf-8");

    assertThat(text(request)).startsWith("<?xml");
  }

  @Test
  void of_clientOfAJsonProtocol_isAnEmptyObject() {
    HttpRequest request = request("dynamodb.us-east-1.amazonaws.com");
    request.headers().set("Authorization", SIGNED);
    request.headers().set("Content-Type", "application/x-amz-json-1.0");

    assertThat(text(request)).isEqualTo("{}");
    assertThat(HealthyContent.typeOf(HealthyContent.of(request))).isEqualTo("application/json");
  }

  private static HttpRequest request(String host) {
    HttpRequest request = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/x");
    request.headers().set("Host", host);
    return request;
  }

  private static String text(HttpRequest request) {
    return new String(HealthyContent.of(request), UTF_8);
  }
}
