package io.leakguard.chaos.scenario;

import io.leakguard.chaos.fault.Toxic;
import io.leakguard.chaos.upstream.Behaviour;
import java.util.List;
import java.util.Optional;

/** The upstream does something else than it should. */
public sealed interface UpstreamFault extends Fault {
  /** What a function needs for any fault that is about upstreams. */
  String AN_UPSTREAM = "a call of an upstream, in every invocation or most";

  /** What only a stand-in does cannot be had of a real server. */
  static Optional<String> needsStandIn(Target target) {
    return target.hasRealUpstreamsOnly()
        ? Optional.of(
            "its upstreams are real servers (--upstream), which cannot be made to do that")
        : Optional.empty();
  }

  @Override
  default Optional<String> refusal(Target target) {
    return needsStandIn(target);
  }

  @Override
  default String needs() {
    return AN_UPSTREAM;
  }

  /** It does this with requests. */
  record Behaves(Behaviour behaviour) implements UpstreamFault {
    @Override
    public String how() {
      return "the upstream " + behaviour.text();
    }

    /** An answer that is cut off before its first byte is no answer. */
    @Override
    public FromOutside outside() {
      return behaviour instanceof Behaviour.NoAnswer none && !none.reusedOnly()
          ? new FromOutside.Disturbed(List.of(new Toxic.LimitData(0)), true)
          : new FromOutside.Impossible(
              "the upstream itself would have to do it; a proxy disturbs connections only");
    }

    @Override
    public void prepare(Setup setup) {
      if (behaviour instanceof Behaviour.Reset) {
        setup.needDirect();
      }
    }

    @Override
    public void arm(Levers levers) {
      levers.behave(behaviour);
    }
  }
}
