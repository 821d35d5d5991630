package io.leakguard.chaos.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import io.leakguard.chaos.results.Results;
import io.leakguard.chaos.results.ResultsFile;
import org.junit.jupiter.api.Test;

class UnexercisedTest {
  private static Results run(String notExercised) {
    return ResultsFile.model(
        JsonParser.parseString(
                """
                {"cells": [
                  {"function": "A", "shape": "s", "verdict": "clean", "upstream": {"requests": 0}},
                  {"function": "A", "shape": "t", "verdict": "clean", "upstream": {"requests": 2}},
                  {"function": "B", "shape": "s", "verdict": "clean", "upstream": {"requests": 0}},
                  {"function": "C", "shape": "s", "verdict": "clean", "upstream": {"requests": 0}},
                  {"function": "D", "shape": "s", "verdict": "clean"}],
                 "functions": {"C": {"upstreams": {}}, "B": {"upstreams": {"B_URL": "stub"}}},
                 "notExercised": [%s]}
                """
                    .formatted(notExercised))
            .getAsJsonObject());
  }

  @Test
  void of_functionsThatNeverCalled_saysWhy() {
    assertThat(Unexercised.of(run("")))
        .containsExactly(
            "B: no invocation has called an upstream, so no fault of one has reached it",
            "C: it has no upstream that chaos knows of, so no fault of one has reached it");
  }

  @Test
  void of_realServers_areNotTakenForUncalled() {
    Results results =
        ResultsFile.model(
            JsonParser.parseString(
                    """
                    {"cells": [
                      {"function": "A", "shape": "s", "verdict": "clean",
                       "upstream": {"requests": 0}},
                      {"function": "B", "shape": "s", "verdict": "clean",
                       "upstream": {"requests": 0, "connections": 2}},
                      {"function": "C", "shape": "s", "verdict": "clean",
                       "upstream": {"requests": 0, "connections": 0}}],
                     "functions": {
                       "A": {"upstreams": {"URL": "127.0.0.1:5432"}},
                       "B": {"upstreams": {"URL": "127.0.0.1:5432"}},
                       "C": {"upstreams": {"URL": "127.0.0.1:5432"}}}}
                    """)
                .getAsJsonObject());
    assertThat(Unexercised.of(results))
        .containsExactly(
            "A: calls of its real servers were not counted, so it is not known whether a fault of"
                + " one has reached it",
            "C: no invocation has called an upstream, so no fault of one has reached it");
  }

  @Test
  void of_oneUpstreamOfSeveral_isNamed() {
    Results results =
        ResultsFile.model(
            JsonParser.parseString(
                    """
                    {"cells": [
                      {"function": "A", "shape": "s", "verdict": "clean",
                       "upstream": {"requests": 2, "byVariable": {"X": 2, "Y": 0, "Z": 0}}},
                      {"function": "A", "shape": "t", "verdict": "clean",
                       "upstream": {"requests": 3, "byVariable": {"X": 2, "Y": 0, "Z": 1}}}]}
                    """)
                .getAsJsonObject());
    assertThat(Unexercised.of(results)).containsExactly("A: the upstream of Y was never called");
  }

  @Test
  void of_whatTheRunSays_isSaidOnce() {
    assertThat(Unexercised.of(run("{\"function\": \"B\", \"upstream\": \"B_URL\"}")))
        .startsWith("B: the upstream of B_URL was never called")
        .hasSize(2);
  }
}
