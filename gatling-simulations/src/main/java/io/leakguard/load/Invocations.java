package io.leakguard.load;

import static io.gatling.javaapi.core.CoreDsl.InputStreamBody;
import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.feed;
import static io.gatling.javaapi.core.CoreDsl.global;
import static io.gatling.javaapi.core.CoreDsl.pause;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.header;
import static io.gatling.javaapi.http.HttpDsl.http;

import io.gatling.javaapi.core.Assertion;
import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.PopulationBuilder;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.http.HttpProtocolBuilder;
import io.gatling.javaapi.http.HttpRequestActionBuilder;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * The parts that the simulations are made of: one invocation of a target, and the clients that
 * repeat it.
 */
final class Invocations {
  private static final String BODY = "body";
  private static final String STARTED = "started";

  private final LoadSettings settings;
  private final Tally tally;

  Invocations(LoadSettings settings, Tally tally) {
    this.settings = settings;
    this.tally = tally;
  }

  /** One client per target that sends its requests one after the other over one kept connection. */
  List<PopulationBuilder> inSequence() {
    return perTarget(
        target ->
            scenario("target " + target)
                .exec(sequence(invocation(target)))
                .injectOpen(atOnceUsers(1)));
  }

  /** All requests of a target at once, each from a client of its own. */
  List<PopulationBuilder> atOnce() {
    return perTarget(
        target ->
            scenario("target " + target)
                .exec(invocation(target))
                .injectOpen(atOnceUsers(settings.invocations())));
  }

  /** Gatling's own share of failed requests; none where nothing could fail it. */
  List<Assertion> assertions() {
    double limit = settings.maxErrorPercent();
    return limit >= 100 ? List.of() : List.of(global().failedRequests().percent().lte(limit));
  }

  /**
   * Fails the run for errors over the limit, client timeouts not counted.
   *
   * @throws TooManyErrorsException if there were more
   */
  void requireErrorsWithinLimit() {
    long failed = tally.failed();
    if (failed * 100.0 > settings.maxErrorPercent() * tally.total()) {
      throw new TooManyErrorsException(failed, tally.total(), settings.maxErrorPercent());
    }
  }

  static HttpProtocolBuilder protocol() {
    return http.disableWarmUp()
        .disableCaching()
        .disableFollowRedirect()
        .contentTypeHeader("application/json")
        // Lambda answers 200 when the function fails; only this header says so.
        .check(header("X-Amz-Function-Error").notExists());
  }

  private List<PopulationBuilder> perTarget(IntFunction<PopulationBuilder> population) {
    return IntStream.range(0, settings.target().size()).mapToObj(population).toList();
  }

  private ChainBuilder sequence(ChainBuilder invocation) {
    return exec(invocation)
        .repeat(settings.invocations() - 1)
        .on(pause(settings.pause()), invocation);
  }

  private ChainBuilder invocation(int target) {
    return feed(bodies(target))
        .exec(session -> session.set(STARTED, System.nanoTime()))
        .exec(request(settings.target().get(target).toString()))
        .exec(session -> counted(session, target));
  }

  /**
   * The events are dealt to the targets in turn, so that functions of different kinds can be served
   * by one run. Gatling draws from a feeder one user at a time, so all clients of a target share
   * one order of events.
   */
  private Iterator<Map<String, Object>> bodies(int target) {
    List<Map<String, Object>> rows =
        settings.bodies().stream()
            .map(body -> Map.<String, Object>of(BODY, body.getBytes(StandardCharsets.UTF_8)))
            .toList();
    int step = settings.target().size();
    return IntStream.iterate(target % rows.size(), i -> (i + step) % rows.size())
        .mapToObj(rows::get)
        .iterator();
  }

  /**
   * The body is a stream because Gatling silently sends a request twice when a kept connection
   * closes before the answer, and only a stream that was read keeps it from that: every invocation
   * must be one invocation. With the length given it goes out unchunked.
   */
  private HttpRequestActionBuilder request(String url) {
    return http(url)
        .post(url)
        .header("Content-Length", session -> Integer.toString(body(session).length))
        .body(InputStreamBody(session -> new ByteArrayInputStream(body(session))))
        .requestTimeout(settings.clientTimeout());
  }

  private static byte[] body(Session session) {
    return session.get(BODY);
  }

  private Session counted(Session session, int target) {
    Duration elapsed = Duration.ofNanos(System.nanoTime() - session.getLong(STARTED));
    tally.count(target, session.isFailed(), elapsed);
    return session.markAsSucceeded();
  }
}
