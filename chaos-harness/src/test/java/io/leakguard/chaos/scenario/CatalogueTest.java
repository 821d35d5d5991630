package io.leakguard.chaos.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CatalogueTest {
  private static Stream<Shape> shapes() {
    return Catalogue.shapes().stream();
  }

  private static List<String> names(List<Shape> shapes) {
    return shapes.stream().map(Shape::name).toList();
  }

  @Test
  void shapes_areAtLeast26() {
    assertThat(names(Catalogue.shapes())).hasSizeGreaterThanOrEqualTo(26).doesNotHaveDuplicates();
  }

  @Test
  void shapes_ofTheFirstRelease_keepTheirNames() {
    assertThat(names(Catalogue.shapes()))
        .contains(
            "healthy",
            "slow-upstream",
            "upstream-hangs",
            "connection-refused",
            "connection-reset",
            "cut-mid-body",
            "error-with-body",
            "client-times-out",
            "freeze-stale-connection",
            "function-timeout");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("shapes")
  void shape_saysAllThereIsToSay(Shape shape) {
    assertThat(shape.name()).matches("[a-z0-9]+(-[a-z0-9]+)*");
    assertThat(shape.reproduces()).isNotBlank().doesNotContain("\n").hasSizeLessThan(100);
    assertThat(shape.surfaces()).isNotBlank().doesNotContain("\n").hasSizeLessThan(100);
    assertThat(shape.story()).isNotBlank();
    assertThat(shape.how()).isNotEmpty().allSatisfy(how -> assertThat(how).isNotBlank());
    assertThat(shape.like().isEmpty()).isEqualTo(shape.faults().isEmpty());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("shapes")
  void faults_doNotContradictEachOther(Shape shape) {
    assertThat(Setup.of(shape.faults()).contradictory()).isFalse();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "Read timed out | slow-upstream",
        "read TIMED out | freeze-half-open",
        "2026-11-25T10:00:00Z ERROR java.net.SocketTimeoutException: Read timed out |"
            + " upstream-hangs",
        "Caused by: java.net.UnknownHostException: inventory.internal | unknown-host",
        "org.apache.http.NoHttpResponseException: x:80 failed to respond | no-http-response",
        "REPORT RequestId: 1 Status: timeout | function-timeout",
        "java.lang.OutOfMemoryError: Java heap space | heap-nearly-full"
      })
  void like_findsByLine(String line, String shape) {
    assertThat(names(Catalogue.like(line, Catalogue.shapes()))).contains(shape);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"all is well", "out", "''"})
  void like_lineThatSaysNothing_findsNone(String line) {
    assertThat(Catalogue.like(line, Catalogue.shapes())).isEmpty();
  }
}
