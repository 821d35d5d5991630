package io.leakguard.chaos.scenario;

import io.leakguard.chaos.upstream.Behaviour;
import java.util.Optional;

/** The upstream does something else than it should. */
public sealed interface UpstreamFault extends Fault {
  /** What a function needs for any fault that is about upstreams. */
  String AN_UPSTREAM = "an environment variable that holds the address of an upstream";

  static Optional<String> needsAnUpstream(Target target) {
    return target.upstreams().isEmpty()
        ? Optional.of("no variable of its environment holds the address of an upstream")
        : Optional.empty();
  }

  @Override
  default Optional<String> refusal(Target target) {
    return needsAnUpstream(target);
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
