package io.leakguard.chaos;

import io.leakguard.chaos.fleet.Cost;
import io.leakguard.chaos.fleet.FleetQuestion;
import io.leakguard.chaos.fleet.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** Options that say which logs are asked, and what about. */
final class FleetOptions {
  private static final Pattern SPAN = Pattern.compile("([0-9]{1,5})([mhd])");
  private static final Duration SHORTEST = Duration.ofMinutes(5);
  private static final Duration LONGEST = Duration.ofDays(90);
  private static final int MOST_SHOWN = 1_000;

  @Option(
      names = "--log-group-prefix",
      paramLabel = "PREFIX",
      defaultValue = "/aws/lambda/",
      description = "How the names of the log groups begin; default ${DEFAULT-VALUE}.")
  private String prefix;

  @Option(
      names = "--since",
      paramLabel = "SPAN",
      defaultValue = "24h",
      description =
          "What is reported, such as 90m, 24h or 7d, until now; default ${DEFAULT-VALUE}.")
  private String since;

  @Option(
      names = "--compare",
      paramLabel = "SPAN",
      defaultValue = "24h",
      description = "How much before that it is compared with; default ${DEFAULT-VALUE}.")
  private String compare;

  @Option(
      names = "--top",
      paramLabel = "N",
      defaultValue = "20",
      description = "How many leaks are shown; default ${DEFAULT-VALUE}.")
  private int top;

  @Option(
      names = "--owner-tag",
      paramLabel = "NAME",
      defaultValue = "owner",
      description = "The tag of functions that names their owner; default ${DEFAULT-VALUE}.")
  private String ownerTag;

  @Option(names = "--region", paramLabel = "REGION", description = "Else that of the environment.")
  private String region;

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      description = "A profile of the AWS CLI; else the first credentials found.")
  private String profile;

  @Option(
      names = "--batches",
      description =
          "Name log groups, 50 a query, where the service must not choose them by prefix.")
  private boolean batches;

  @Option(
      names = "--price",
      paramLabel = "USD",
      defaultValue = "" + Cost.LIST_PRICE,
      description = "USD per GB scanned, for the estimate; default ${DEFAULT-VALUE}.")
  private double price;

  /**
   * What is asked.
   *
   * @throws UserError naming the option that makes no sense
   */
  FleetQuestion question(Instant now) {
    if (top < 1 || top > MOST_SHOWN) {
      throw new UserError("--top must be from 1 to " + MOST_SHOWN + ": " + top);
    }
    if (!(price >= 0 && price <= 1_000)) {
      throw new UserError("--price must be from 0 to 1000 USD per GB: " + price);
    }
    Window window = Window.until(now, span("--since", since));
    Window before = window.before(span("--compare", compare));
    return new FleetQuestion(prefix, window, before, top, ownerTag, batches, price);
  }

  Optional<String> region() {
    return Optional.ofNullable(region);
  }

  Optional<String> profile() {
    return Optional.ofNullable(profile);
  }

  private static Duration span(String option, String text) {
    Matcher matcher = SPAN.matcher(text);
    if (matcher.matches()) {
      long number = Long.parseLong(matcher.group(1));
      Duration span =
          switch (matcher.group(2)) {
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
          };
      if (span.compareTo(SHORTEST) >= 0 && span.compareTo(LONGEST) <= 0) {
        return span;
      }
    }
    throw new UserError(option + " must be from 5m to 90d, such as 90m, 24h or 7d: " + text);
  }
}
