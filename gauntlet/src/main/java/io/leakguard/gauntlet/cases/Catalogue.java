package io.leakguard.gauntlet.cases;

import java.util.List;

/** All cases, by family. A family's class is loaded only when the family is asked for. */
public final class Catalogue {
  private static final List<String> FAMILIES =
      List.of(
          "locks",
          "queues",
          "threads",
          "pools",
          "stuck",
          "io",
          "descriptors",
          "jdk",
          "virtual",
          "aws",
          "okhttp",
          "apache4",
          "apache5",
          "loops",
          "reactor",
          "rx",
          "stores",
          "jedis",
          "telemetry",
          "tools",
          "quartz",
          "logback",
          "log4j");

  private Catalogue() {}

  /** Returns every case, in the order of the table. */
  public static List<Case> all() {
    return FAMILIES.stream().flatMap(family -> of(family).stream()).toList();
  }

  /**
   * Returns one case.
   *
   * @param name family and case
   * @throws IllegalArgumentException if there is none of that name
   */
  public static Case named(String name) {
    String family = name.substring(0, Math.max(0, name.indexOf('/')));
    return of(family).stream()
        .filter(known -> known.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no case " + name));
  }

  private static List<Case> of(String family) {
    Cases cases = new Cases(family);
    if (!addMechanism(family, cases) && !addLibrary(family, cases)) {
      throw new IllegalArgumentException("there is no family " + family);
    }
    return cases.all();
  }

  private static boolean addMechanism(String family, Cases cases) {
    switch (family) {
      case "locks" -> LockCases.addTo(cases);
      case "queues" -> QueueCases.addTo(cases);
      case "threads" -> ThreadCases.addTo(cases);
      case "pools" -> PoolCases.addTo(cases);
      case "stuck" -> StuckCases.addTo(cases);
      case "io" -> IoCases.addTo(cases);
      case "descriptors" -> DescriptorCases.addTo(cases);
      case "jdk" -> JdkCases.addTo(cases);
      case "virtual" -> VirtualCases.addTo(cases);
      default -> {
        return false;
      }
    }
    return true;
  }

  private static boolean addLibrary(String family, Cases cases) {
    switch (family) {
      case "aws" -> AwsCases.addTo(cases);
      case "okhttp" -> OkHttpCases.addTo(cases);
      case "apache4" -> Apache4Cases.addTo(cases);
      case "apache5" -> Apache5Cases.addTo(cases);
      case "loops" -> LoopCases.addTo(cases);
      case "reactor" -> ReactorCases.addTo(cases);
      case "rx" -> RxCases.addTo(cases);
      case "stores" -> StoreCases.addTo(cases);
      case "jedis" -> JedisCases.addTo(cases);
      case "telemetry" -> TelemetryCases.addTo(cases);
      case "tools" -> ToolCases.addTo(cases);
      case "quartz" -> QuartzCases.addTo(cases);
      case "logback" -> LogbackCases.addTo(cases);
      case "log4j" -> Log4jCases.addTo(cases);
      default -> {
        return false;
      }
    }
    return true;
  }
}
