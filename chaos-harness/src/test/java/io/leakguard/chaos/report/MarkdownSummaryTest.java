package io.leakguard.chaos.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import io.leakguard.chaos.results.ResultsFile;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class MarkdownSummaryTest {
  @Test
  void runbook_isWhereItIsSaidToBe() {
    assertThat(Path.of("..", Words.RUNBOOK)).isRegularFile();
  }

  @Test
  void text_run_isTableThenDetails() {
    String text =
        MarkdownSummary.text(
            ResultsFile.model(
                JsonParser.parseString(
                        """
                        {"controls": {"negative": "clean", "positive": "leak"},
                         "template": "t|1.yaml", "command": "./chaos run",
                         "cells": [
                          {"function": "APoolFunction", "shape": "slow", "verdict": "leak",
                           "replay": "./chaos run --shape slow", "findings": [
                            {"kind": "thread", "family": "<pool>", "perInvocation": 1.0,
                             "fingerprint": "7c1f"}]},
                          {"function": "B", "shape": "slow", "verdict": "failed",
                           "reason": "a | b"}],
                         "notRun": {"P": "not Java"}}
                        """)
                    .getAsJsonObject()));
    assertThat(text)
        .isEqualTo(
            """
            ### LeakGuard chaos: 1 function leaks (APool), 1 function fails without a fault

            1 leak, 1 failed of 2 cells (2 functions, 1 shape), template t\\|1.yaml

                ./chaos run

            | shape | APool | B |
            |---|---|---|
            | slow | **LEAK +1.0** | failed |

            <details><summary>APoolFunction under slow: Threads grow by 1.0 per invocation</summary>

            ```text
            Threads grow by 1.0 per invocation
              family   <pool>
              key      7c1f
              again    ./chaos run --shape slow
            ```
            </details>

            What to do about one, and how to prove its fix: `docs/runbook.md`.

            - B under slow: failed: a \\| b
            - not run: P: not Java
            """);
  }
}
