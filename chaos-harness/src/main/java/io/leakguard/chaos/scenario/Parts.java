package io.leakguard.chaos.scenario;

import io.leakguard.chaos.fault.Toxic;
import io.leakguard.chaos.lambda.CpuShare;
import io.leakguard.chaos.upstream.Answer;
import io.leakguard.chaos.upstream.Behaviour;
import io.leakguard.chaos.upstream.Handshake;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** All parts, by family. */
final class Parts {
  private static final long LARGEST_BODY = 64 << 20;

  private static final List<Part> CONNECTION =
      List.of(
          part(
              "latency",
              "answers arrive late",
              v -> disturb(false, new Toxic.Latency(v.time("by"), v.time("jitter"))),
              Parameter.time("by", "how late"),
              Parameter.timeOrNone("jitter", "more or less by up to this")),
          part(
              "hang",
              "connections are accepted, and nothing of an answer ever arrives",
              v -> disturb(false, new Toxic.Hang())),
          part(
              "reset-connections",
              "connections are reset (RST) at the first byte of an answer",
              v -> disturb(true, new Toxic.ResetPeer())),
          part(
              "limit-data",
              "connections are closed (FIN) after so many bytes of answers",
              v -> disturb(true, new Toxic.LimitData(v.whole("bytes"))),
              Parameter.whole("bytes", "how many", 0, LARGEST_BODY)),
          part("refuse", "nothing listens", v -> new ConnectionFault.Refuse()),
          part("swallow-connects", "connecting takes for ever", v -> new ConnectionFault.Swallow()),
          part(
              "unknown-host",
              "the upstream's name has no address",
              v -> new ConnectionFault.Unresolved()),
          part(
              "tls-stall",
              "the TLS handshake is never answered",
              v -> new ConnectionFault.Shake(Handshake.STALLED)),
          part(
              "tls-untrusted",
              "the upstream's certificate is not trusted",
              v -> new ConnectionFault.Shake(Handshake.UNTRUSTED)));

  private static final List<Part> UPSTREAM =
      List.of(
          part(
              "answer",
              "the upstream answers with this status",
              v -> behaves(new Answer(v.whole("status"), v.whole("body"))),
              Parameter.whole("status", "the HTTP status", 200, 599),
              Parameter.whole("body", "bytes of body; 0 for the usual one", 0, LARGEST_BODY, 0)),
          part(
              "stall",
              "headers and a part of the body, then nothing",
              v ->
                  behaves(
                      new Behaviour.Stall(
                          v.whole("status"), v.whole("announced"), v.whole("sent"))),
              Parameter.whole("status", "the HTTP status", 200, 599, 200),
              Parameter.whole("announced", "the Content-Length", 1, LARGEST_BODY),
              Parameter.whole("sent", "how many bytes of it come", 0, LARGEST_BODY)),
          part(
              "drip",
              "the body comes in many pieces",
              v -> behaves(new Behaviour.Drip(v.whole("pieces"), v.time("every"))),
              Parameter.whole("pieces", "how many", 2, 10_000),
              Parameter.time("every", "the time between two")),
          part(
              "reset-mid-body",
              "headers and a part of the body, then a reset (RST)",
              v -> behaves(new Behaviour.Reset(v.whole("sent"))),
              Parameter.whole("sent", "how many bytes come", 0, LARGEST_BODY)),
          part(
              "chunk-missing",
              "a chunked body that ends without its last chunk",
              v -> behaves(new Behaviour.ChunkMissing())),
          part("garbage", "bytes that are no HTTP", v -> behaves(new Behaviour.Garbage())),
          part(
              "no-answer",
              "the connection is closed without an answer",
              v -> behaves(new Behaviour.NoAnswer(v.flag("reused-only"))),
              new Parameter(
                  "reused-only",
                  "only when it has served a request before",
                  new Parameter.Flag(),
                  false)),
          part(
              "in-turn",
              "one behaviour of the upstream after the other, then from the start",
              v -> behaves(new Behaviour.InTurn(v.behaviours("of"))),
              new Parameter("of", "what it does in turn", new Parameter.BehavingInTurn(), null)),
          part(
              "dice",
              "a share of the requests, by seeded dice; the others are answered",
              v ->
                  behaves(
                      new Behaviour.Dice(v.whole("percent"), v.whole("seed"), v.behaviour("then"))),
              Parameter.whole("percent", "the share", 1, 99),
              Parameter.whole("seed", "of the dice", 0, Integer.MAX_VALUE, 1),
              new Parameter("then", "what happens to them", new Parameter.Behaving(), null)));

  private static final List<Part> CALLER =
      List.of(
          part(
              "impatient-caller",
              "the caller closes its connection",
              v -> new CallerFault.Impatient(v.time("after")),
              Parameter.time("after", "how long after its request")),
          part(
              "again",
              "each event is sent several times",
              v -> new CallerFault.Again(v.whole("times")),
              Parameter.whole("times", "how often", 2, 10)),
          part(
              "at-once",
              "several requests at once, for as many environments",
              v -> new CallerFault.AtOnce(v.whole("requests")),
              Parameter.whole("requests", "how many", 2, 32)),
          part(
              "poison-record",
              "the last record of each batch cannot be read",
              v -> new CallerFault.Poison()));

  private static final List<Part> LAMBDA =
      List.of(
          part(
              "freeze",
              "the environment is frozen as soon as it has answered",
              v ->
                  new LambdaFault.Frozen(
                      LambdaFault.Meanwhile.valueOf(v.word("meanwhile").toUpperCase(Locale.ROOT)),
                      v.time("for")),
              new Parameter(
                  "meanwhile",
                  "what happens to its connections",
                  words(LambdaFault.Meanwhile.values()),
                  "nothing"),
              Parameter.timeOrNone("for", "how long at least")),
          part(
              "concurrent-events",
              "one environment takes several events at a time, and they come at a time",
              v -> new LambdaFault.Lanes(v.whole("events")),
              Parameter.whole("events", "how many", 2, 64)),
          part(
              "function-timeout",
              "the function's timeout is cut",
              v -> new LambdaFault.Timeout(v.time("to")),
              Parameter.time("to", "the new timeout")),
          part(
              "recycle",
              "all environments are ended when the fault begins",
              v -> new LambdaFault.Recycle()),
          part(
              "starve",
              "the environment runs and is stopped in turn",
              v -> new LambdaFault.Starved(new CpuShare(v.time("runs"), v.time("stopped"))),
              Parameter.time("runs", "how long it runs"),
              Parameter.time("stopped", "how long it is stopped")),
          part(
              "heap",
              "the heap has this size in all phases",
              v -> new LambdaFault.Heap(v.whole("megabytes")),
              Parameter.whole("megabytes", "its size", 8, 10_240)),
          part(
              "quota",
              "the environment has so many threads or descriptors, in all phases",
              v ->
                  new LambdaFault.Limited(
                      LambdaFault.Resource.valueOf(v.word("of").toUpperCase(Locale.ROOT)),
                      v.whole("limit"),
                      v.whole("taken")),
              new Parameter("of", "of what", words(LambdaFault.Resource.values()), null),
              Parameter.whole("limit", "how many", 128, 65_536, 1024),
              Parameter.whole("taken", "how many of them are used already", 0, 65_536, 0)));

  static final List<Part> ALL =
      Stream.of(CONNECTION, UPSTREAM, CALLER, LAMBDA).flatMap(List::stream).toList();

  /** The parts that may stand inside another part. */
  static final List<Part> BEHAVIOURS = UPSTREAM;

  private Parts() {}

  static Optional<Part> find(String name, List<Part> among) {
    return among.stream().filter(part -> part.name().equals(name)).findFirst();
  }

  private static Part part(
      String name, String does, Function<Part.Values, Fault> maker, Parameter... parameters) {
    return new Part(name, does, Arrays.asList(parameters), maker);
  }

  private static Parameter.Type words(Enum<?>... values) {
    return new Parameter.Word(
        Arrays.stream(values).map(each -> each.name().toLowerCase(Locale.ROOT)).toList());
  }

  private static Fault disturb(boolean reconnect, Toxic toxic) {
    return new ConnectionFault.Disturb(List.of(toxic), reconnect);
  }

  private static Fault behaves(Behaviour behaviour) {
    return new UpstreamFault.Behaves(behaviour);
  }
}
