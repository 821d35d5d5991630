package io.leakguard.chaos.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leakguard.chaos.fault.Toxic;
import io.leakguard.chaos.text.InputFileException;
import io.leakguard.chaos.upstream.Answer;
import io.leakguard.chaos.upstream.Behaviour;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShapeFileTest {
  private static final String GOOD =
      """
      shapes:
        - name: black-friday
          reproduces: the shop's upstream is slow and throttles
          surfaces: backlogs
          like: [Rate exceeded]
          invocations: 6
          faults:
            - latency: {by: 250ms, jitter: 50ms}
            - dice: {percent: 30, then: {answer: {status: 429}}}
            - at-once: {requests: 3}
        - name: night-shift
          reproduces: everything is closed at night
          faults: [refuse, {freeze: {meanwhile: close}}]
      """;

  private static List<Shape> read(String text) {
    return ShapeFile.parse("s.yaml", text);
  }

  @Test
  void read_file_combinesTheParts() {
    List<Shape> shapes = read(GOOD);
    assertThat(shapes).extracting(Shape::name).containsExactly("black-friday", "night-shift");
    assertThat(shapes.get(0).faults())
        .containsExactly(
            new ConnectionFault.Disturb(
                List.of(new Toxic.Latency(Duration.ofMillis(250), Duration.ofMillis(50))), false),
            new UpstreamFault.Behaves(new Behaviour.Dice(30, 1, new Answer(429, 0))),
            new CallerFault.AtOnce(3));
    assertThat(shapes.get(0).faultInvocations()).isEqualTo(6);
    assertThat(shapes.get(0).like()).containsExactly("Rate exceeded");
    assertThat(shapes.get(1).faults())
        .containsExactly(
            new ConnectionFault.Refuse(),
            new LambdaFault.Frozen(LambdaFault.Meanwhile.CLOSE, Duration.ZERO));
  }

  private static String withFaults(String faults) {
    return "shapes:\n  - name: mine\n    reproduces: x\n    faults: " + faults + "\n";
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "[latncy] | 4:14: no fault 'latncy'; did you mean 'latency'?",
        "[latency] | 4:14: 'latency' must have 'by': how late",
        "[latency: {by: soon}] | 4:28: 'by' must be a duration such as 300ms, 5s or 1m, from 1ms to"
            + " 900000ms, was 'soon'",
        "[latency: {by: 1s, jiter: 1s}] | 4:32: no field of 'latency' 'jiter'; did you mean"
            + " 'jitter'?",
        "[answer: {status: 700}] | 4:31: 'status' must be a whole number from 200 to 599, was"
            + " '700'",
        "[stall: {announced: 5, sent: 5}] | 4:14: 'stall': sent must be from 0 to 4: 5",
        "[freeze: {meanwhile: closed}] | 4:34: no value of 'meanwhile' 'closed'; did you mean"
            + " 'close'?",
        "[no-answer: {reused-only: maybe}] | 4:39: 'reused-only' must be true or false, was"
            + " 'maybe'",
        "[dice: {percent: 5, then: {latency: {by: 1s}}}] | 4:40: no fault 'latency'; it must be one"
            + " of: answer, stall, drip, reset-mid-body, chunk-missing, garbage, no-answer,"
            + " in-turn, dice",
        "[{answer: {status: 500}}, garbage] | 4:39: 'garbage' and a fault before it exclude each"
            + " other: one shape has at most one of their kind",
        "[refuse, swallow-connects] | 4:13: some of these faults need the proxy, and others that"
            + " there is none",
        "[] | 4:13: faults must hold at least one",
        "refuse | 4:13: faults must be a list",
        "[[refuse]] | 4:14: a fault must be a name, or one name with its parameters"
      })
  void read_badFault_saysWhereAndTheRule(String faults, String message) {
    assertThatThrownBy(() -> read(withFaults(faults)))
        .isInstanceOf(InputFileException.class)
        .hasMessage("s.yaml:" + message);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | 1:1: the file is empty",
        "[] | 1:1: the file must be a mapping with: shapes",
        "shape: [] | 1:1: no field of the file 'shape'; did you mean 'shapes'?",
        "shapes: [] | 1:9: shapes must hold at least one",
        "shapes: [{reproduces: x}] | 1:10: a shape must have 'name'",
        "shapes: [{name: x, reproduces: y}] | 1:10: a shape must have 'faults'",
        "shapes: [{name: Mine}] | 1:17: name must be lower-case words joined by dashes, was 'Mine'",
        "shapes: [{name: healthy}] | 1:17: there is a shape 'healthy' already",
        "shapes: [{name: x, name: y}] | 1:20: 'name' is there twice",
        "shapes: [ | 1:10: not valid YAML: expected the node content, but found '<stream end>'"
      })
  void read_badFile_saysWhereAndTheRule(String text, String message) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(InputFileException.class)
        .hasMessage("s.yaml:" + message);
  }

  @Test
  void read_deepNesting_isRefusedAndNoStackOverflow() {
    assertThatThrownBy(() -> read("[".repeat(100_000)))
        .isInstanceOf(InputFileException.class)
        .hasMessageContaining("nested deeper than 50 levels");
  }

  @Test
  void parts_haveNamesOfTheirOwn() {
    assertThat(Parts.ALL).extracting(Part::name).doesNotHaveDuplicates();
    assertThat(Parts.ALL).allSatisfy(part -> assertThat(part.name()).matches(ShapeFile.NAME));
  }
}
