package io.leakguard.chaos.report;

import io.leakguard.chaos.results.FunctionResult;
import io.leakguard.chaos.results.Results;
import java.util.Map;

/** The functions as their template configures them and as they were run, secrets masked. */
final class ConfigurationSection {
  private ConfigurationSection() {}

  static void write(Html html, Results results) {
    if (results.functions().isEmpty()) {
      return;
    }
    html.open("section", "aria-labelledby", "configuration");
    html.element("h2", "Configuration", "id", "configuration");
    results.functions().forEach((name, function) -> function(html, name, function));
    html.close().newline();
  }

  private static void function(Html html, String name, FunctionResult function) {
    html.open("details", "class", "cell").element("summary", name).open("dl");
    row(html, "handler", function.handler());
    row(html, "runtime", function.runtime());
    row(html, "JDK", function.jdk());
    row(html, "memory", function.memoryMb() == null ? "" : function.memoryMb() + " MB");
    row(
        html,
        "timeout",
        function.timeoutMs() == null ? "" : Words.duration(function.timeoutMs() / 1_000.0));
    row(html, "artifact", function.artifact());
    row(html, "guard", function.guard());
    for (Map.Entry<String, String> upstream : function.upstreams().entrySet()) {
      row(html, "behind " + upstream.getKey(), upstream.getValue());
    }
    for (Map.Entry<String, String> variable : function.environment().entrySet()) {
      row(html, variable.getKey(), variable.getValue());
    }
    function.notes().forEach(note -> row(html, "note", note));
    html.close().close();
  }

  private static void row(Html html, String name, String value) {
    if (!value.isEmpty()) {
      html.element("dt", name).element("dd", value);
    }
  }
}
