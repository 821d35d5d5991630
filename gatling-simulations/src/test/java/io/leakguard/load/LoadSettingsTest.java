package io.leakguard.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LoadSettingsTest {
  private static final String URL = "http://127.0.0.1:3001/2015-03-31/functions/F/invocations";

  @TempDir Path folder;

  @Test
  void from_targetAlone_takesDefaults() {
    assertThat(settings(Map.of("target", URL)))
        .isEqualTo(
            new LoadSettings(
                List.of(URI.create(URL)),
                10,
                Duration.ZERO,
                List.of("{}"),
                Duration.ofSeconds(60),
                5));
  }

  @Test
  void from_everythingGiven_takesIt() throws IOException {
    Path bodies = Files.writeString(folder.resolve("events"), "{\"n\":1}\n\n  \n{\"n\":\"ü\"}\r\n");
    Map<String, String> properties =
        Map.of(
            "target", URL + " , https://localhost/b",
            "invocations", "1000000",
            "pause", "1m",
            "bodies", bodies.toString(),
            "clientTimeout", " 300ms ",
            "maxErrorPercent", "0.5");

    assertThat(settings(properties))
        .isEqualTo(
            new LoadSettings(
                List.of(URI.create(URL), URI.create("https://localhost/b")),
                1_000_000,
                Duration.ofMinutes(1),
                List.of("{\"n\":1}", "{\"n\":\"ü\"}"),
                Duration.ofMillis(300),
                0.5));
  }

  @Test
  void from_commaInsideUrl_doesNotSeparate() {
    assertThat(settings(Map.of("target", URL + "?a=1,2,http://127.0.0.1/")).target())
        .containsExactly(URI.create(URL + "?a=1,2"), URI.create("http://127.0.0.1/"));
  }

  @Test
  void properties_nameEveryComponent() {
    assertThat(LoadSettings.class.getRecordComponents())
        .extracting(component -> component.getName())
        .containsExactlyElementsOf(LoadSettings.PROPERTIES);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "   "})
  void from_blankValue_countsAsNone(String blank) {
    assertThat(settings(Map.of("target", URL, "invocations", blank)).invocations()).isEqualTo(10);
    assertThatThrownBy(() -> settings(Map.of("target", blank)))
        .hasMessage("target must be given: the URLs to send events to");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "target | an http or https URL with a host | F",
        "target | an http or https URL with a host | ftp://127.0.0.1/",
        "target | an http or https URL with a host | http:///path",
        "target | an http or https URL with a host | http://127.0.0.1:port/",
        "target | an http or https URL with a host | http://127.0.0.1/a b",
        "target | an http or https URL with a host | http://127.0.0.1/#{session}",
        "invocations | a whole number from 1 to 1000000 | 0",
        "invocations | a whole number from 1 to 1000000 | 1000001",
        "invocations | a whole number from 1 to 1000000 | -1",
        "invocations | a whole number from 1 to 1000000 | 1.5",
        "invocations | a whole number from 1 to 1000000 | ten",
        "invocations | a whole number from 1 to 1000000 | 99999999999999999999",
        "pause | a duration such as 300ms, 5s or 1m, from 0ms to 3600000ms | 300",
        "pause | a duration such as 300ms, 5s or 1m, from 0ms to 3600000ms | -1s",
        "pause | a duration such as 300ms, 5s or 1m, from 0ms to 3600000ms | 61m",
        "pause | a duration such as 300ms, 5s or 1m, from 0ms to 3600000ms | 99999999999999999s",
        "clientTimeout | a duration such as 300ms, 5s or 1m, from 1ms to 3600000ms | 0ms",
        "clientTimeout | a duration such as 300ms, 5s or 1m, from 1ms to 3600000ms | 5 seconds",
        "maxErrorPercent | a percentage from 0 to 100 | 100.1",
        "maxErrorPercent | a percentage from 0 to 100 | -1",
        "maxErrorPercent | a percentage from 0 to 100 | NaN",
        "maxErrorPercent | a percentage from 0 to 100 | 5%",
      })
  void from_brokenRule_namesPropertyRuleAndValue(String property, String rule, String value) {
    Map<String, String> properties = new HashMap<>(Map.of("target", URL));
    properties.put(property, value);

    assertThatThrownBy(() -> settings(properties))
        .isInstanceOf(SettingsException.class)
        .hasMessage(property + " must be " + rule + ", was '" + value + "'")
        .satisfies(e -> assertThat(e.getStackTrace()).isEmpty());
  }

  @Test
  void from_bodiesThatAreNone_saysWhy() throws IOException {
    Path empty = Files.writeString(folder.resolve("empty"), "\n \n");
    Path binary = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});

    assertBodiesRejected(folder.resolve("absent").toString(), "it does not exist");
    assertBodiesRejected(empty.toString(), "it has no event");
    assertBodiesRejected(binary.toString(), "it is not UTF-8 text");
    assertBodiesRejected(folder.toString(), "it cannot be read");
    assertThatThrownBy(() -> settings(Map.of("target", URL, "bodies", "a\0b")))
        .hasMessageStartingWith("bodies must be a file name, was 'a");
  }

  private static void assertBodiesRejected(String file, String why) {
    assertThatThrownBy(() -> settings(Map.of("target", URL, "bodies", file)))
        .isInstanceOf(SettingsException.class)
        .hasMessage(
            "bodies must be a file with one JSON event per line, but %s: '%s'"
                .formatted(why, file));
  }

  private static LoadSettings settings(Map<String, String> properties) {
    return LoadSettings.from(properties::get, Duration.ofSeconds(60));
  }
}
