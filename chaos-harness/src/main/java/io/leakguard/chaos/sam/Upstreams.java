package io.leakguard.chaos.sam;

import java.util.List;
import java.util.stream.Collectors;

/** Finds what a function calls, from the addresses in its environment. */
public final class Upstreams {
  private Upstreams() {}

  /** The variables whose value is an address, in the order of the template. */
  public static List<UpstreamVariable> of(FunctionDefinition function) {
    return function.environment().entrySet().stream()
        .filter(variable -> UpstreamVariable.isAddress(variable.getKey(), variable.getValue()))
        .map(variable -> new UpstreamVariable(variable.getKey(), variable.getValue()))
        .collect(Collectors.toUnmodifiableList());
  }
}
