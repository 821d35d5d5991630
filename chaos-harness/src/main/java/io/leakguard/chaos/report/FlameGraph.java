package io.leakguard.chaos.report;

import io.leakguard.chaos.results.CellResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The difference of two sets of collapsed stacks as a flame graph in SVG: only what the fault
 * added, the outermost frame at the top, each frame as wide as the threads that it has more of.
 */
final class FlameGraph {
  private static final int ROW = 20;

  /** Frames further in than this are drawn as one. */
  private static final int DEEPEST = 60;

  private final Node root = new Node("all that was added");
  private final Map<String, Integer> added;

  private static final class Node {
    final String name;
    final Map<String, Node> children = new LinkedHashMap<>();
    int threads;

    Node(String name) {
      this.name = name;
    }
  }

  private FlameGraph(Map<String, Integer> added) {
    this.added = added;
    added.forEach(this::add);
  }

  /** The graph of what {@code after} has more of. */
  static FlameGraph of(CellResult.Stacks stacks) {
    Map<String, Integer> added = new TreeMap<>();
    stacks
        .after()
        .forEach(
            (stack, count) -> {
              int more = count - stacks.before().getOrDefault(stack, 0);
              if (more > 0) {
                added.put(stack, more);
              }
            });
    return new FlameGraph(added);
  }

  private void add(String stack, int threads) {
    Node node = root;
    node.threads += threads;
    for (String frame : stack.split(";", DEEPEST + 1)) {
      node = node.children.computeIfAbsent(frame, Node::new);
      node.threads += threads;
    }
  }

  /** Whether nothing was added. */
  boolean isEmpty() {
    return root.threads == 0;
  }

  /** How many threads were added. */
  int threads() {
    return root.threads;
  }

  /** The added stacks as text, most threads first. */
  List<String> lines() {
    List<Map.Entry<String, Integer>> stacks = new ArrayList<>(added.entrySet());
    stacks.sort((a, b) -> b.getValue() - a.getValue());
    return stacks.stream()
        .map(stack -> "+" + stack.getValue() + "  " + stack.getKey().replace(";", "\n    "))
        .toList();
  }

  /** Writes the graph; it is as wide as the page, and frames are cut to their width. */
  void write(Html html, String label) {
    int height = ROW * depth(root);
    html.open(
        "svg",
        "class",
        "flame",
        "role",
        "img",
        "aria-label",
        label,
        "width",
        "100%",
        "height",
        Integer.toString(height));
    frame(html, root, 0, 0);
    html.close();
  }

  private static int depth(Node node) {
    return 1 + node.children.values().stream().mapToInt(FlameGraph::depth).max().orElse(0);
  }

  private void frame(Html html, Node node, int left, int row) {
    String title = node.name + ", +" + Words.count(node.threads, "thread", "threads");
    // Inner svg elements clip what does not fit, so that text keeps its size on any screen.
    html.open(
        "svg",
        "x",
        percent(left),
        "y",
        Integer.toString(row * ROW),
        "width",
        percent(node.threads),
        "height",
        Integer.toString(ROW));
    html.element("title", title);
    html.open("rect", "class", kind(node.name, row), "width", "100%", "height", "19", "rx", "2")
        .close();
    html.element("text", row == 0 ? title : shortened(node.name), "x", "4", "y", "14");
    html.close();
    int next = left;
    for (Node child : node.children.values()) {
      frame(html, child, next, row + 1);
      next += child.threads;
    }
  }

  private String percent(int threads) {
    return String.format(Locale.ROOT, "%.3f%%", 100.0 * threads / root.threads);
  }

  /** Frames of the JDK are told from those of the application. */
  private static String kind(String frame, int row) {
    if (row == 0) {
      return "f0";
    }
    boolean jdk =
        frame.startsWith("java.")
            || frame.startsWith("jdk.")
            || frame.startsWith("sun.")
            || frame.startsWith("javax.");
    return jdk ? "f1" : "f2";
  }

  /** Class and method without package, file and line. */
  private static String shortened(String frame) {
    int end = frame.indexOf('(');
    String name = end < 0 ? frame : frame.substring(0, end);
    int method = name.lastIndexOf('.');
    int type = method < 0 ? -1 : name.lastIndexOf('.', method - 1);
    return name.substring(type + 1);
  }
}
