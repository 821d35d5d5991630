package io.leakguard.chaos.results;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.List;
import java.util.Set;
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
        "https://ghp_abcdef@github.com/x | https://****@github.com/x",
        "redis://:p@ss@h:6379 and x@y | redis://****@h:6379 and x@y",
        "jdbc:oracle:thin:scott/tiger@//h:1521/x | jdbc:oracle:thin:****@//h:1521/x",
        "PGPASS=abc DB_PASS=abc BYPASS=abc | PGPASS=**** DB_PASS=**** BYPASS=abc",
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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "DB_PASSWORD=it's a,b;c | DB_PASSWORD=****",
        "--env=F.DB_PASSWORD=a,b | --env=F.DB_PASSWORD=****",
        "STAGE=hunter2 | STAGE=****",
        "STAGE=prod | STAGE=prod",
        "UP=http://u:p@h/x | UP=http://****@h/x"
      })
  void word_thatGivesASecretAValue_losesAllOfIt(String word, String masked) {
    assertThat(Masking.word(word, Set.of("hunter2"))).isEqualTo(masked);
  }

  @Test
  void text_secretThatIsPartOfAnother_leavesNoRest() {
    assertThat(Masking.text("a hunter2-long b hunter2", List.of("hunter2", "hunter2-long")))
        .isEqualTo("a **** b ****");
  }

  @Test
  void text_secretInTheNameOfAFamilyOfThreads_isMaskedWithoutItsDigits() {
    assertThat(Masking.text("pool-hunterN-N", List.of("hunter22"))).isEqualTo("pool-****-N");
  }

  @Test
  void secretsIn_addressesAndAssignments_areTheirPasswords() {
    assertThat(Masking.secretsIn("URL", "postgres://app:s3cr3t-pw@h/x"))
        .containsExactly("s3cr3t-pw");
    assertThat(Masking.secretsIn("URL", "postgres://postgres:postgres@h/x")).isEmpty();
    assertThat(Masking.secretsIn("DSN", "Server=h;Password=abcdef;User=u"))
        .containsExactly("abcdef");
    assertThat(Masking.secretsIn("API_KEY", "abcdef")).containsExactly("abcdef");
    assertThat(Masking.secretsIn("STAGE", "abcdef")).isEmpty();
  }

  @Test
  void mask_namesOfThreads_areMaskedAndNamesOfPlacesAreNot() {
    JsonObject masked =
        Masking.mask(
            json(
                "{'cells': [{'function': 'healthy', 'shape': 'healthy', 'reason': 'healthy',"
                    + " 'timeline': [{'families': {'to-healthy': 1}}]}]}"),
            Set.of("healthy"));
    assertThat(masked)
        .isEqualTo(
            json(
                "{'cells': [{'function': 'healthy', 'shape': 'healthy', 'reason': '****',"
                    + " 'timeline': [{'families': {'to-****': 1}}]}]}"));
  }
}
