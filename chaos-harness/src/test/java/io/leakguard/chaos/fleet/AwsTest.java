package io.leakguard.chaos.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the SDK's refusals are met, with a stub on loopback and without waiting. */
class AwsTest {
  private final Instant now = Instant.now();
  private final List<Duration> pauses = new CopyOnWriteArrayList<>();

  @TempDir Path folder;
  private AwsStub stub;
  private AwsProperties properties;
  private Aws aws;

  @BeforeEach
  void start() throws Exception {
    stub = new AwsStub().function("orders", "java21", "").slow();
    properties = AwsProperties.of(folder, stub.address());
    aws = Aws.connect(Optional.empty(), Optional.empty(), pauses::add);
  }

  @AfterEach
  void stop() {
    aws.close();
    properties.close();
    stub.close();
  }

  private FleetReport report() {
    Window window = Window.until(now, Duration.ofHours(1));
    Window before = window.before(Duration.ofHours(1));
    return Fleet.report(
        new FleetQuestion("/aws/lambda/", window, before, 20, "owner", false, 0.005),
        aws,
        said -> {});
  }

  private int asked(String operation) {
    return Collections.frequency(stub.asked(), operation);
  }

  @Test
  void report_throttledAndTooManyQueries_isMadeAllTheSame() {
    stub.refuse("StartQuery", "LimitExceededException", 3)
        .refuse("GetQueryResults", "ThrottlingException", 2)
        .refuse("DescribeLogGroups", "ThrottlingException", 1)
        .refuse("ListFunctions", "TooManyRequestsException", 1);

    assertThat(report().complete()).isTrue();
    assertThat(asked("StartQuery")).isEqualTo(2 + 3);
    assertThat(asked("GetQueryResults")).isEqualTo(2 * 2 + 2);
    assertThat(pauses).hasSize(3 + 2 + 1 + 1 + 2);
  }

  @Test
  void report_tooManyQueriesAllTheTime_endsAndSaysSo() {
    stub.refuse("StartQuery", "LimitExceededException", 1_000);

    assertThatThrownBy(this::report)
        .isInstanceOf(FleetException.class)
        .hasMessage("AWS refused: refused by the stub (LimitExceededException)");
  }

  @Test
  void report_oneQueryFails_theOthersAreStopped() {
    stub.refuse("GetQueryResults", "AccessDeniedException", 1);

    assertThatThrownBy(this::report).isInstanceOf(FleetException.class);
    assertThat(asked("StopQuery")).isPositive();
  }

  @Test
  void report_nobodyAnswers_isOneLine() {
    stub.close();

    assertThatThrownBy(this::report)
        .isInstanceOf(FleetException.class)
        .hasMessageStartingWith("AWS gave no answer: ")
        .hasMessageContaining("refused");
    assertThat(pauses).hasSize(3);
  }
}
