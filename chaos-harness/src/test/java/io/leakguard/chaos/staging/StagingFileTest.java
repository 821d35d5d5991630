package io.leakguard.chaos.staging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.leakguard.chaos.text.InputFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class StagingFileTest {
  private static final Path EXAMPLE = Path.of("..", "staging", "staging.yaml");
  private static final Path SCHEMA = Path.of("..", "docs", "staging.schema.json");

  @TempDir private Path folder;

  private StagingConfig read(String text) throws IOException {
    return StagingFile.read(Files.writeString(folder.resolve("s.yaml"), text));
  }

  @Test
  void example_isRead() {
    StagingConfig config = StagingFile.read(EXAMPLE);
    assertThat(config.stage()).isEqualTo("staging");
    assertThat(config.functions()).hasSize(1);
    Deployed function = config.functions().get(0);
    assertThat(function.way()).isEqualTo(new Way.Invoke("orders-api:live"));
    assertThat(function.event().orElseThrow()).exists();
    assertThat(function.proxies()).containsExactly("inventory");
    assertThat(config.rails().longest()).isEqualTo(Duration.ofMinutes(30));
    assertThat(config.logs().patience()).isEqualTo(Duration.ofSeconds(90));
  }

  @Test
  void schema_takesTheExample() throws IOException {
    JsonSchema schema =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(Files.readString(SCHEMA));
    Object example =
        new Load(LoadSettings.builder().build()).loadFromString(Files.readString(EXAMPLE));
    assertThat(schema.validate(new Gson().toJson(example), InputFormat.JSON)).isEmpty();
    assertThat(schema.validate("{\"stage\":\"staging\"}", InputFormat.JSON)).isNotEmpty();
  }

  @Test
  void schema_hasTheNamesOfTheReader() throws IOException {
    JsonObject root = JsonParser.parseString(Files.readString(SCHEMA)).getAsJsonObject();
    assertNames(root, StagingFile.ROOT);
    JsonObject properties = root.getAsJsonObject("properties");
    assertNames(properties.getAsJsonObject("toxiproxy"), StagingFile.TOXIPROXY);
    assertNames(properties.getAsJsonObject("logs"), StagingFile.LOGS);
    JsonObject definitions = root.getAsJsonObject("$defs");
    assertNames(definitions.getAsJsonObject("function"), StagingFile.FUNCTION);
    assertNames(definitions.getAsJsonObject("proxy"), StagingFile.PROXY);
    assertNames(definitions.getAsJsonObject("guardRails"), StagingFile.RAILS);
  }

  private static void assertNames(JsonObject object, List<String> names) {
    assertThat(object.getAsJsonObject("properties").keySet())
        .containsExactlyInAnyOrderElementsOf(names);
  }

  @ParameterizedTest(name = "{2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "stage: staging | stag: staging | :3:1: no field of the file 'stag'; did you mean 'stage'?",
        "accounts: [\"123456789012\"] | accounts: [12] | an account must be 12 digits, in quotes",
        "accounts: [\"123456789012\"] | accounts: [] | accounts must hold at least one",
        "maximumDuration: 30m | maximumDuration: 13h | maximumDuration must be a duration such as",
        "maximumPerSecond: 5 | maximumPerSecond: 0 | maximumPerSecond must be a whole number from"
            + " 1",
        "maximumInvocations: 500 | x: 1 | no field of guardRails 'x'",
        "upstreams: [inventory] | upstreams: [inventry] | no proxy 'inventry'; did you mean",
        "listen: 0.0.0.0:18080 | listen: 18080 | listen must be host:port, was '18080'",
        "http://toxiproxy.staging.internal:8474 | http://t | control must be like http://toxiproxy",
        "invoke: orders-api:live | url: ftp://x | url must be an http or https address, was"
            + " 'ftp://x'",
        "invoke: orders-api:live | event2: x | no field of function 'OrdersApiFunction' 'event2'",
        "  inventory: | leakguard-x: | the name of a proxy must be letters"
      })
  void error_saysWhereAndWhatTheRuleIs(String right, String wrong, String message)
      throws IOException {
    String text = Files.readString(EXAMPLE);
    assertThat(text).contains(right.strip());
    assertThatThrownBy(() -> read(text.replace(right.strip(), wrong.strip())))
        .isInstanceOf(InputFileException.class)
        .hasMessageContaining(message)
        .hasMessageMatching("(?s).*s\\.yaml:\\d+:\\d+: .*");
  }

  @Test
  void function_withoutAWay_isRefused() throws IOException {
    String text = Files.readString(EXAMPLE).replaceFirst("    invoke: .*\n", "");
    assertThatThrownBy(() -> read(text))
        .hasMessageContaining("a function must have either 'invoke' or 'url'");
  }

  @Test
  void file_thatIsNotThere_isOneLine() {
    assertThatThrownBy(() -> StagingFile.read(folder.resolve("none.yaml")))
        .hasMessage(folder.resolve("none.yaml") + ": cannot be read: no such file");
  }
}
