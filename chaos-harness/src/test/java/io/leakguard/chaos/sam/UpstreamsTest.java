package io.leakguard.chaos.sam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UpstreamsTest {

  @Test
  void of_environment_findsUrlsInOrder() {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("INVENTORY_URL", "http://inventory.example/v1");
    environment.put("STAGE", "dev");
    environment.put("QUEUE", "https://sqs.us-east-1.amazonaws.com/123456789012/Queue");
    environment.put("DB", "jdbc:postgresql://db:5432/orders");
    environment.put("EMPTY", "");
    FunctionDefinition function =
        FunctionDefinition.builder("F", "a.B", Path.of("x")).environment(environment).build();

    assertThat(Upstreams.of(function))
        .containsExactly(
            new UpstreamVariable("INVENTORY_URL", "http://inventory.example/v1"),
            new UpstreamVariable("QUEUE", "https://sqs.us-east-1.amazonaws.com/123456789012/Queue"),
            new UpstreamVariable("DB", "jdbc:postgresql://db:5432/orders"));
  }

  @ParameterizedTest
  @CsvSource({
    "http://a.example, http://a.example:80, http://127.0.0.1:9",
    "http://a.example/, http://a.example:80, http://127.0.0.1:9/",
    "https://a.example/b?c=d%20e&f, https://a.example:443, http://127.0.0.1:9/b?c=d%20e&f",
    "HTTP://A.example:8080//x//{id}, http://A.example:8080, http://127.0.0.1:9//x//{id}",
    "http://user:p@a.example/x, http://a.example:80, http://127.0.0.1:9/x",
    "http://a.example?x=http://b/, http://a.example:80, http://127.0.0.1:9?x=http://b/",
    "http://[::1]:81/x, http://[::1]:81, http://127.0.0.1:9/x",
    "http://localhost:8080/inventory, http://localhost:8080, http://127.0.0.1:9/inventory",
  })
  void pointedAt_otherPlace_keepsTheRest(String value, URI address, String elsewhere) {
    UpstreamVariable variable = new UpstreamVariable("U", value);

    assertThat(variable.address()).isEqualTo(address);
    assertThat(variable.pointedAt("127.0.0.1", 9)).isEqualTo(elsewhere);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      value = {
        "DB; jdbc:postgresql://db:5432/a?x=y; postgresql://db:5432;"
            + " jdbc:postgresql://127.0.0.1:9/a?x=y",
        "DB; jdbc:mysql://u:p@db/a; mysql://db:3306; jdbc:mysql://u:p@127.0.0.1:9/a",
        "DB; jdbc:oracle:thin:@db:1521:XE; tcp://db:1521; jdbc:oracle:thin:@127.0.0.1:9:XE",
        "CACHE; redis://:secret@cache.example/0; redis://cache.example:6379;"
            + " redis://:secret@127.0.0.1:9/0",
        "MONGO; mongodb://a.example:1,b.example:2/db; mongodb://a.example:1;"
            + " mongodb://127.0.0.1:9/db",
        "BROKERS; a.example:9092,b.example:9092; tcp://a.example:9092; 127.0.0.1:9",
        "DB_HOST; database:5432; tcp://database:5432; 127.0.0.1:9",
      })
  void pointedAt_otherProtocols_keepTheirForm(
      String name, String value, URI address, String elsewhere) {
    UpstreamVariable variable = new UpstreamVariable(name, value);

    assertThat(variable.address()).isEqualTo(address);
    assertThat(variable.isHttp()).isFalse();
    assertThat(variable.pointedAt("127.0.0.1", 9)).isEqualTo(elsewhere);
  }

  @Test
  void pointedAt_sqlServer_keepsItsProperties() {
    UpstreamVariable variable =
        new UpstreamVariable("DB", "jdbc:sqlserver://db.example:1433;databaseName=x");

    assertThat(variable.pointedAt("127.0.0.1", 9))
        .isEqualTo("jdbc:sqlserver://127.0.0.1:9;databaseName=x");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "text",
        "http:",
        "http://",
        "http:///x",
        "s3://bucket/key",
        "file:///etc/hosts",
        "arn:aws:sqs:us-east-1:123456789012:Queue",
        "node:20",
        "12:30",
        "http://a b/",
        "see http://a/",
        "http://a:99999/",
        "http://a:-1/",
        "http://:80/",
        "http://a_b/"
      })
  void new_ofWhatIsNoAddress_isRefused(String value) {
    assertThat(UpstreamVariable.isAddress("U", value)).isFalse();
    assertThatThrownBy(() -> new UpstreamVariable("U", value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("U must be a URL with a host, or host:port, but is '" + value + "'");
  }
}
