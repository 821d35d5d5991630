package io.leakguard.chaos.report;

import io.leakguard.chaos.results.CellResult;
import io.leakguard.chaos.results.FindingResult;
import io.leakguard.chaos.results.Results;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * {@code junit.xml}: a suite per function, a test case per shape. A leak and a function that fails
 * without a fault are failures, what could not be judged is an error, what was not run is skipped.
 */
final class JunitXml {
  /** A test case. */
  private interface Case {
    void write(XMLStreamWriter xml) throws XMLStreamException;
  }

  private final Results results;
  private final Map<String, List<Case>> suites = new LinkedHashMap<>();
  private final Map<String, int[]> counts = new LinkedHashMap<>();

  private JunitXml(Results results) {
    this.results = results;
  }

  static String text(Results results) {
    JunitXml junit = new JunitXml(results);
    junit.collect();
    StringWriter out = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(out);
      junit.write(xml);
      xml.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("a writer in memory does not fail", e);
    }
    return out + "\n";
  }

  private void collect() {
    for (CellResult cell : results.cells()) {
      add(cell.function(), outcome(cell), xml -> cell(xml, cell));
    }
    results
        .notRun()
        .forEach(
            (function, reason) ->
                add(function, 3, xml -> skipped(xml, function, "all shapes", reason)));
    for (Results.NotRun cell : results.shapesNotRun()) {
      String function = cell.function().isEmpty() ? "all functions" : cell.function();
      add(function, 3, xml -> skipped(xml, function, cell.shape(), cell.reason()));
    }
    if (!results.controlsHold()) {
      add("controls", 2, xml -> controls(xml));
    }
  }

  /** Counts by outcome: passed, failure, error, skipped. */
  private void add(String suite, int outcome, Case written) {
    suites.computeIfAbsent(suite, key -> new ArrayList<>()).add(written);
    counts.computeIfAbsent(suite, key -> new int[4])[outcome]++;
  }

  private static int outcome(CellResult cell) {
    if (cell.counts() || cell.verdict().equals("failed")) {
      return 1;
    }
    return cell.isUnjudged() ? 2 : 0;
  }

  private void write(XMLStreamWriter xml) throws XMLStreamException {
    xml.writeStartDocument("UTF-8", "1.0");
    xml.writeCharacters("\n");
    xml.writeStartElement("testsuites");
    xml.writeAttribute("name", "LeakGuard chaos");
    for (Map.Entry<String, List<Case>> suite : suites.entrySet()) {
      int[] count = counts.get(suite.getKey());
      xml.writeCharacters("\n  ");
      xml.writeStartElement("testsuite");
      attribute(xml, "name", suite.getKey());
      attribute(xml, "tests", Integer.toString(suite.getValue().size()));
      attribute(xml, "failures", Integer.toString(count[1]));
      attribute(xml, "errors", Integer.toString(count[2]));
      attribute(xml, "skipped", Integer.toString(count[3]));
      attribute(xml, "timestamp", results.started());
      for (Case each : suite.getValue()) {
        each.write(xml);
      }
      xml.writeCharacters("\n  ");
      xml.writeEndElement();
    }
    xml.writeCharacters("\n");
    xml.writeEndElement();
    xml.writeEndDocument();
  }

  private static void begin(XMLStreamWriter xml, String function, String shape)
      throws XMLStreamException {
    xml.writeCharacters("\n    ");
    xml.writeStartElement("testcase");
    attribute(xml, "classname", function);
    attribute(xml, "name", shape);
  }

  private static void cell(XMLStreamWriter xml, CellResult cell) throws XMLStreamException {
    begin(xml, cell.function(), cell.shape());
    if (cell.seconds() != null) {
      attribute(xml, "time", String.format(Locale.ROOT, "%.3f", cell.seconds()));
    }
    if (outcome(cell) == 1) {
      problem(xml, "failure", cell.verdict(), message(cell), PlainText.of(cell));
    } else if (outcome(cell) == 2) {
      problem(xml, "error", cell.verdict(), cell.reason(), PlainText.of(cell));
    } else if (cell.leaks()) {
      xml.writeStartElement("system-out");
      xml.writeCharacters(printable("accepted\n" + PlainText.of(cell)));
      xml.writeEndElement();
    }
    xml.writeEndElement();
  }

  private static String message(CellResult cell) {
    if (!cell.leaks() || cell.findings().isEmpty()) {
      return cell.reason();
    }
    FindingResult first = cell.findings().get(0);
    return Words.sentence(cell, first) + ": " + first.family();
  }

  private static void skipped(XMLStreamWriter xml, String function, String shape, String reason)
      throws XMLStreamException {
    begin(xml, function, shape);
    xml.writeEmptyElement("skipped");
    attribute(xml, "message", reason);
    xml.writeEndElement();
  }

  private void controls(XMLStreamWriter xml) throws XMLStreamException {
    begin(xml, "controls", "controls");
    problem(
        xml,
        "error",
        "harness-fault",
        "the controls were misjudged, so this run proves nothing",
        results.controls().toString());
    xml.writeEndElement();
  }

  private static void problem(
      XMLStreamWriter xml, String element, String type, String message, String text)
      throws XMLStreamException {
    xml.writeStartElement(element);
    attribute(xml, "type", type);
    attribute(xml, "message", message);
    xml.writeCharacters(printable(text));
    xml.writeEndElement();
  }

  private static void attribute(XMLStreamWriter xml, String name, String value)
      throws XMLStreamException {
    xml.writeAttribute(name, printable(value));
  }

  /** XML 1.0 has no way to write most control characters. */
  private static String printable(String text) {
    StringBuilder out = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              boolean allowed =
                  c >= ' ' && !(c >= 0xD800 && c <= 0xDFFF) && c != 0xFFFE && c != 0xFFFF;
              out.appendCodePoint(allowed || c == '\n' || c == '\t' ? c : '?');
            });
    return out.toString();
  }
}
