package io.leakguard.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.leakguard.chaos.fault.ProxyChoice;
import io.leakguard.chaos.results.Shard;
import io.leakguard.chaos.sam.FunctionDefinition;
import io.leakguard.chaos.sam.Overrides;
import io.leakguard.chaos.sam.Template;
import io.leakguard.chaos.scenario.Catalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunPlanTest {
  @TempDir private Path folder;
  private Template template;

  @BeforeEach
  void write() throws IOException {
    StringBuilder text = new StringBuilder("Resources:\n");
    for (String name : List.of("A", "B", "C", "D", "E", "F")) {
      text.append("  ").append(name).append(":\n");
      text.append("    Type: AWS::Serverless::Function\n");
      text.append("    Properties: {Handler: a.B, Runtime: java17}\n");
    }
    Path file = Files.writeString(folder.resolve("template.yaml"), text);
    template = Template.read(file, new Overrides(Map.of(), Map.of(), Map.of()));
  }

  private RunPlan plan(List<String> runnable, List<String> notRun, Shard shard) {
    List<FunctionDefinition> functions =
        template.functions().stream().filter(f -> runnable.contains(f.logicalId())).toList();
    Map<String, String> reasons = new HashMap<>();
    notRun.forEach(name -> reasons.put(name, "no JDK"));
    return new RunPlan(
        new Project(
            template,
            functions,
            Map.of(),
            reasons,
            true,
            new Backends(Map.of(), Optional.empty()),
            List.of()),
        Catalogue.shapes().subList(0, 3),
        new ProxyChoice.Embedded(),
        new JudgingOptions(),
        shard);
  }

  @Test
  void places_machinesThatRunDifferentFunctions_dealAlike() {
    Set<Shard.Place> all = new HashSet<>();
    for (int part = 1; part <= 4; part++) {
      Shard shard = new Shard(part, 4);
      Set<Shard.Place> here = plan(List.of("A", "B", "C", "D", "E"), List.of("F"), shard).places();
      Set<Shard.Place> there = plan(List.of("A", "B", "F"), List.of("C", "D", "E"), shard).places();
      assertThat(here).filteredOn(place -> "AB".contains(place.function())).isSubsetOf(there);
      all.addAll(here);
      all.addAll(there);
    }
    assertThat(all).hasSize(6 * 3);
  }

  @Test
  void places_functionsThatWereNamed_areDealtAmongThemselves() {
    // Of all six, A and F are in groups of their own; of these two alone they are one group.
    assertThat(plan(List.of("A", "F"), List.of(), new Shard(1, 3)).places())
        .extracting(Shard.Place::function)
        .containsExactlyInAnyOrder("A", "F");
  }
}
