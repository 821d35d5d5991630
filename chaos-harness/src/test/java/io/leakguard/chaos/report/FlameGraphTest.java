package io.leakguard.chaos.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.leakguard.chaos.results.CellResult;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FlameGraphTest {
  private static String svg(FlameGraph graph) {
    Html html = new Html();
    graph.write(html, "label");
    return html.toString();
  }

  @Test
  void write_difference_showsOnlyWhatWasAdded() {
    FlameGraph graph =
        FlameGraph.of(
            new CellResult.Stacks(
                Map.of("main;a.B.idle(B.java:1)", 2, "main;a.B.gone", 1),
                Map.of(
                    "main;a.B.idle(B.java:1)", 3, "main;com.acme.Orders.price(Orders.java:8)", 3)));
    assertThat(graph.threads()).isEqualTo(4);
    String svg = svg(graph);
    assertThat(svg)
        .contains("all that was added, +4 threads")
        .contains("x=\"0.000%\" y=\"40\" width=\"25.000%\"")
        .contains("x=\"25.000%\" y=\"40\" width=\"75.000%\"")
        .contains(">Orders.price</text>")
        .contains("<title>com.acme.Orders.price(Orders.java:8), +3 threads</title>")
        .doesNotContain("gone");
    assertThat(graph.lines().get(0)).startsWith("+3  main\n    com.acme.Orders.price");
  }

  @Test
  void of_nothingAdded_isEmpty() {
    assertThat(FlameGraph.of(new CellResult.Stacks(Map.of("a", 2), Map.of("a", 1))).isEmpty())
        .isTrue();
  }

  @Test
  void write_deepStack_ends() {
    String deep = "x;".repeat(3_000) + "y";
    assertThat(svg(FlameGraph.of(new CellResult.Stacks(Map.of(), Map.of(deep, 1)))))
        .contains("height=\"1240\"");
  }
}
