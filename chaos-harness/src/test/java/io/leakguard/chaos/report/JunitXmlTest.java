package io.leakguard.chaos.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.leakguard.chaos.results.Results;
import io.leakguard.chaos.results.ResultsFile;
import java.io.ByteArrayInputStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;

class JunitXmlTest {
  private static final String RUN =
      """
      {"controls": {"negative": "clean", "positive": "leak"},
       "cells": [
        {"function": "F", "shape": "ok", "verdict": "clean", "seconds": 1.5},
        {"function": "F", "shape": "bad", "verdict": "leak", "findings": [
          {"kind": "thread", "family": "pool-N", "perInvocation": 1.0, "fingerprint": "a",
           "stack": ["a.B.<init>(B.java:1)"], "diagnosis": "a & b \\u0000 ]]>"}]},
        {"function": "F", "shape": "known", "verdict": "leak", "findings": [
          {"kind": "thread", "family": "x", "fingerprint": "b",
           "accepted": {"fingerprint": "b", "reason": "r", "until": "2026-12-31"}}]},
        {"function": "F", "shape": "broken", "verdict": "failed", "reason": "of the reason"},
        {"function": "F", "shape": "lost", "verdict": "harness-fault", "reason": "no proxy"}],
       "notRun": {"P": "not Java"},
       "shapesNotRun": [{"shape": "quota", "reason": "no user"}]}
      """;

  private static Document document(Results results) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(JunitXml.text(results).getBytes(UTF_8)));
  }

  private static Results run() {
    return ResultsFile.model(JsonParser.parseString(RUN).getAsJsonObject());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "count(//testcase)                                          | 7",
        "//testsuite[@name='F']/@tests                              | 5",
        "//testsuite[@name='F']/@failures                           | 2",
        "//testsuite[@name='F']/@errors                             | 1",
        "//testsuite[@name='P']/@skipped                            | 1",
        "//testcase[@name='ok']/@time                               | 1.500",
        "count(//testcase[@name='ok']/*)                            | 0",
        "//testcase[@name='bad']/failure/@message                   | Threads grow by 1.0 per"
            + " invocation: pool-N",
        "count(//testcase[@name='known']/failure)                   | 0",
        "//testcase[@name='broken']/failure/@message                | of the reason",
        "//testcase[@name='lost']/error/@message                    | no proxy",
        "//testcase[@classname='P']/skipped/@message                | not Java",
        "//testcase[@name='quota']/skipped/@message                 | no user",
      })
  void text_eachVerdict_isWhatBuildServersKnow(String path, String value) throws Exception {
    assertThat(XPathFactory.newInstance().newXPath().evaluate(path, document(run())))
        .isEqualTo(value);
  }

  @Test
  void text_textThatXmlForbids_isReplaced() throws Exception {
    String failure =
        XPathFactory.newInstance()
            .newXPath()
            .evaluate("//testcase[@name='bad']/failure", document(run()));
    assertThat(failure).contains("a.B.<init>(B.java:1)").contains("a & b ? ]]>");
  }

  @Test
  void text_controlsThatFail_areAnError() throws Exception {
    JsonObject root = JsonParser.parseString(RUN).getAsJsonObject();
    root.getAsJsonObject("controls").addProperty("positive", "clean");
    assertThat(
            XPathFactory.newInstance()
                .newXPath()
                .evaluate(
                    "//testsuite[@name='controls']/@errors", document(ResultsFile.model(root))))
        .isEqualTo("1");
  }
}
