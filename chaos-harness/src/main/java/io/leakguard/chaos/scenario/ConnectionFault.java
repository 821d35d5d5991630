package io.leakguard.chaos.scenario;

import io.leakguard.chaos.fault.Toxic;
import io.leakguard.chaos.upstream.Handshake;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Something is wrong with the way to the upstream. */
public sealed interface ConnectionFault extends Fault {
  @Override
  default String needs() {
    return UpstreamFault.AN_UPSTREAM;
  }

  /**
   * The proxy disturbs connections.
   *
   * @param reconnect whether open connections are closed first, for toxics that only have their
   *     full effect on connections made after them
   */
  record Disturb(List<Toxic> toxics, boolean reconnect) implements ConnectionFault {
    public Disturb {
      toxics = List.copyOf(toxics);
    }

    @Override
    public String how() {
      return "the proxy before the upstream: "
          + toxics.stream().map(Toxics::text).collect(Collectors.joining("; "))
          + (reconnect ? "; open connections are closed first" : "");
    }

    @Override
    public FromOutside outside() {
      return new FromOutside.Disturbed(toxics, reconnect);
    }

    @Override
    public void prepare(Setup setup) {
      setup.needProxy();
    }

    @Override
    public void arm(Levers levers) {
      levers.disturb(toxics, reconnect);
    }
  }

  /** Nothing listens at the upstream's address. */
  record Refuse() implements ConnectionFault {
    @Override
    public String how() {
      return "the proxy closes its port and every open connection";
    }

    @Override
    public FromOutside outside() {
      return new FromOutside.Refused();
    }

    @Override
    public void prepare(Setup setup) {
      setup.needProxy();
    }

    @Override
    public void arm(Levers levers) {
      levers.refuse();
    }
  }

  /** Connecting takes for ever. */
  record Swallow() implements ConnectionFault {
    @Override
    public Optional<String> refusal(Target target) {
      return UpstreamFault.needsStandIn(target);
    }

    @Override
    public String how() {
      return "the upstream's port listens with a full queue that nobody empties, so the kernel"
          + " drops each SYN; open connections are closed first";
    }

    @Override
    public FromOutside outside() {
      return new FromOutside.Impossible(
          "a proxy accepts what it listens for: packets would have to be dropped before it");
    }

    @Override
    public void prepare(Setup setup) {
      setup.needDirect();
    }

    @Override
    public void arm(Levers levers) {
      levers.swallow();
    }
  }

  /** The upstream's name has no address any more. */
  record Unresolved() implements ConnectionFault {
    @Override
    public Optional<String> refusal(Target target) {
      return UpstreamFault.needsStandIn(target);
    }

    @Override
    public String how() {
      return "the function finds its upstreams by name in a hosts file"
          + " (-Djdk.net.hosts.file), and the name is taken out; open connections are closed";
    }

    @Override
    public FromOutside outside() {
      return new FromOutside.Impossible("the name would have to be taken out of the name server");
    }

    @Override
    public void prepare(Setup setup) {
      setup.needName();
    }

    @Override
    public void arm(Levers levers) {
      levers.forgetName();
    }
  }

  /** TLS does not begin as it should. */
  record Shake(Handshake handshake) implements ConnectionFault {
    @Override
    public Optional<String> refusal(Target target) {
      return UpstreamFault.needsStandIn(target);
    }

    @Override
    public String how() {
      return "the upstream speaks TLS with a certificate that the function trusts, and on new"
          + " connections it "
          + (handshake == Handshake.STALLED
              ? "says nothing at all"
              : "shows one that the function does not trust")
          + "; open connections are closed first";
    }

    @Override
    public FromOutside outside() {
      return new FromOutside.Impossible("the upstream itself would have to speak TLS differently");
    }

    @Override
    public void prepare(Setup setup) {
      setup.needTls();
    }

    @Override
    public void arm(Levers levers) {
      levers.shake(handshake);
    }
  }
}
