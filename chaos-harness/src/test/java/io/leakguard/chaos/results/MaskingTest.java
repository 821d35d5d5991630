package io.leakguard.chaos.results;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MaskingTest {
  private static JsonObject json(String text) {
    return JsonParser.parseString(text.replace('\'', '"')).getAsJsonObject();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "jdbc:postgresql://app:s3cr3t@db:5432/x | jdbc:postgresql://****@db:5432/x",
        "GET http://u:p@h/ and https://:q@i/ | GET http://****@h/ and https://****@i/",
        "--env DB_PASSWORD=hunter2 --seed 1 | --env DB_PASSWORD=**** --seed 1",
        "\"--env 'API_KEY=a b'\" | \"--env 'API_KEY=****'\"",
        "\"--env API_KEY='a b' x\" | \"--env API_KEY=**** x\"",
        "jdbc:mysql://h/d?user=u&password=p&ssl=true |"
            + " jdbc:mysql://h/d?user=u&password=****&ssl=true",
        "Authorization: Bearer eyJhbGciOi.x.y | Authorization: Bearer ****",
        "--seed 12 --shape slow-upstream | --seed 12 --shape slow-upstream",
        "http://127.0.0.1:8080/a@b | http://127.0.0.1:8080/a@b",
      })
  void text_secrets_areMasked(String text, String masked) {
    assertThat(Masking.text(text)).isEqualTo(masked);
    assertThat(Masking.text(masked)).isEqualTo(masked);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DB_PASSWORD",
        "apiKey",
        "AWS_SECRET_ACCESS_KEY",
        "github_token",
        "CREDENTIALS",
        "passwd"
      })
  void isSecret_namesOfSecrets_are(String name) {
    assertThat(Masking.isSecret(name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"INVENTORY_URL", "STAGE", "TIMEOUT_MS"})
  void isSecret_otherNames_areNot(String name) {
    assertThat(Masking.isSecret(name)).isFalse();
  }

  @Test
  void mask_variable_isMaskedWhereverItsValueStands() {
    JsonObject masked =
        Masking.mask(
            json(
                "{'functions': {'F': {'environment': {'DB_PASSWORD': 'hunter2', 'STAGE': 'prod',"
                    + " 'SHORT_KEY': 'true'}}}, 'cells': [{'reason': 'login hunter2 failed: true',"
                    + " 'timeline': [{'environment': 3}]}]}"));
    assertThat(masked)
        .isEqualTo(
            json(
                "{'functions': {'F': {'environment': {'DB_PASSWORD': '****', 'STAGE': 'prod',"
                    + " 'SHORT_KEY': '****'}}}, 'cells': [{'reason': 'login **** failed: true',"
                    + " 'timeline': [{'environment': 3}]}]}"));
    assertThat(Masking.mask(masked)).isEqualTo(masked);
  }
}
