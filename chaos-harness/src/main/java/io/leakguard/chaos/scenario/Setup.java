package io.leakguard.chaos.scenario;

import io.leakguard.chaos.lambda.FunctionConfig;
import io.leakguard.chaos.lambda.FunctionOptions;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** What the faults of a shape need of a function before it is started. Not thread-safe. */
final class Setup {
  private final List<String> jvmOptions = new ArrayList<>();
  private final List<String> wrapper = new ArrayList<>();
  private boolean proxy;
  private boolean direct;
  private boolean named;
  private boolean tls;
  private int environments = 1;
  private int lanes;

  static Setup of(List<Fault> faults) {
    Setup setup = new Setup();
    faults.forEach(fault -> fault.prepare(setup));
    return setup;
  }

  /** The proxy takes part. */
  void needProxy() {
    proxy = true;
  }

  /** No proxy is between: it would turn what the upstream does to a connection into a close. */
  void needDirect() {
    direct = true;
  }

  /** Upstreams are found by a name. */
  void needName() {
    named = true;
  }

  /** Upstreams speak TLS. */
  void needTls() {
    tls = true;
  }

  void needEnvironments(int count) {
    environments = Math.max(environments, count);
  }

  void needLanes(int count) {
    lanes = count;
  }

  void addJvmOptions(List<String> options) {
    jvmOptions.addAll(options);
  }

  /** The JVM is started by these words. */
  void wrap(List<String> words) {
    wrapper.addAll(words);
  }

  boolean contradictory() {
    return proxy && direct;
  }

  boolean direct() {
    return direct;
  }

  boolean named() {
    return named;
  }

  boolean tls() {
    return tls;
  }

  /** The value of an upstream variable, with the name and the scheme that the faults need. */
  String renamed(String value, InetSocketAddress address) {
    String at = address.getAddress().getHostAddress() + ":" + address.getPort();
    String host = named ? Names.UPSTREAM + ":" + address.getPort() : at;
    return tls ? value.replace("http://" + at, "https://" + host) : value.replace(at, host);
  }

  /** The function, started as the faults need it. */
  FunctionConfig config(FunctionConfig config) {
    return lanes == 0 ? config : config.toBuilder().maxConcurrency(lanes).build();
  }

  FunctionOptions options() {
    return FunctionOptions.DEFAULT
        .withEnvironments(environments)
        .withJvmOptions(jvmOptions)
        .withWrapper(wrapper);
  }
}
