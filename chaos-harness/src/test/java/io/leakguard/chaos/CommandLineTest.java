package io.leakguard.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonParser;
import io.leakguard.chaos.scenario.Catalogue;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** What a user types, and what is answered before anything is started. */
class CommandLineTest {
  private static final String TEMPLATE =
      """
      Resources:
        OneFunction:
          Type: AWS::Serverless::Function
          Properties:
            Handler: a.B::c
            Runtime: java17
            CodeUri: .
      """;

  @TempDir private Path folder;

  private record Said(int exitCode, String out, String err) {}

  private static Said chaos(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    int exitCode = Main.execute(line, arguments);
    return new Said(exitCode, out.toString(), err.toString());
  }

  /** With the class that its function names. */
  private String template(String text) throws IOException {
    Files.createDirectories(folder.resolve("a"));
    Files.write(folder.resolve("a/B.class"), new byte[0]);
    return Files.writeString(folder.resolve("t.yaml"), text).toString();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "--help",
    "run --help",
    "report --help",
    "compare --help",
    "list --help",
    "explain --help",
    "serve --help",
    "fleet --help"
  })
  void help_isEverywhere(String arguments) {
    Said said = chaos(arguments.split(" "));
    assertThat(said.exitCode()).isZero();
    assertThat(said.out()).startsWith("Usage: chaos");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"--version", "run --version", "list --version", "serve --version"})
  void version_isEverywhere(String arguments) {
    Said said = chaos(arguments.split(" "));
    assertThat(said.exitCode()).isZero();
    assertThat(said.out()).isEqualToIgnoringNewLines("LeakGuard chaos " + Installation.VERSION);
  }

  @Test
  void version_isThatOfTheBuild() throws IOException {
    String pom = Files.readString(Path.of("pom.xml"));
    assertThat(pom).contains("<version>" + Installation.VERSION + "</version>");
  }

  @Test
  void list_hasTheNameFirstOnEachLine() {
    List<String> names =
        chaos("list").out().lines().map(line -> line.substring(0, line.indexOf(' '))).toList();
    assertThat(names)
        .containsExactlyElementsOf(Catalogue.shapes().stream().map(shape -> shape.name()).toList());
  }

  @Test
  void listJson_isAnArrayOfObjects() {
    JsonArray shapes = JsonParser.parseString(chaos("list", "--json").out()).getAsJsonArray();
    assertThat(shapes).hasSameSizeAs(Catalogue.shapes());
    assertThat(shapes.get(0).getAsJsonObject().keySet())
        .containsExactly("name", "reproduces", "surfaces", "how", "needs", "like");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | chaos: a command is missing: run, report, compare, list, explain, serve or fleet",
        "run --nope | chaos: Unknown option: '--nope'",
        "run --seed x | chaos: Invalid value for option '--seed': 'x' is not a long",
        "run --max-errors 101 | chaos: --max-errors must be from 0 to 100: 101.0",
        "run --shard 9/8 | chaos: a shard must be PART/OF with 1 <= PART <= OF, as in 2/8: 9/8",
        "run --accept /no/such.yaml | chaos: /no/such.yaml: no such file (--accept)",
        "report /no/such.json | chaos: /no/such.json: no such file; results are in results.json",
        "compare /no/such.json /no/x | chaos: /no/such.json: no such file; results are in",
        "run --template /no/such.yaml | chaos: /no/such.yaml: no such template",
        "run --parameter x | chaos: --parameter must be like NAME=VALUE: x",
        "run --upstream x | chaos: --upstream must be like VARIABLE=HOST:PORT: x",
        "run --shapes /no/such.yaml | chaos: /no/such.yaml: cannot be read: no such file",
        "run --env =secret | chaos: --env must be like NAME=VALUE, the name is missing",
        "run --template /no/such.yaml --config-env qa | chaos: /no/samconfig.toml: there is no"
            + " such",
        "serve --port 65536 | chaos: --port must be from 0 to 65535: 65536",
        "serve --environments 0 | chaos: --environments must be from 1 to 1000: 0"
      })
  void badInput_isOneClearMessage(String arguments, String message) {
    Said said = chaos(arguments.isEmpty() ? new String[0] : arguments.split(" "));
    assertThat(said.exitCode()).isEqualTo(4);
    assertThat(said.err()).startsWith(message).doesNotContain("\tat ");
    assertThat(said.err().lines().count()).isBetween(1L, 3L);
  }

  @Test
  void run_unknownFunction_namesThoseThereAre() throws IOException {
    Said said = chaos("run", "--template", template(TEMPLATE), "--function", "Two");
    assertThat(said.exitCode()).isEqualTo(4);
    assertThat(said.err())
        .contains("no function 'Two' (--function)")
        .contains("it has: OneFunction");
  }

  @Test
  void run_functionThatIsNotBuilt_saysWhatIsMissing() throws IOException {
    String template = template(TEMPLATE.replace("a.B::c", "a.C"));
    Said all = chaos("run", "--template", template);
    assertThat(all.exitCode()).isEqualTo(4);
    assertThat(all.err())
        .contains("none of its functions can be run")
        .contains("t.yaml:5: Handler 'a.C' is not in " + folder);
    assertThat(chaos("run", "--template", template, "--function", "OneFunction").err())
        .startsWith("chaos: function 'OneFunction' cannot be run");
  }

  @Test
  void run_unknownShape_saysWhereTheyAreListed() throws IOException {
    Said said = chaos("run", "--template", template(TEMPLATE), "--shape", "nope");
    assertThat(said.exitCode()).isEqualTo(4);
    assertThat(said.err()).contains("no shape 'nope' (--shape)").contains("chaos list");
  }

  @Test
  void run_jdkThatIsNone_isRefused() throws IOException {
    Said said = chaos("run", "--template", template(TEMPLATE), "--jdk", "25=" + folder);
    assertThat(said.exitCode()).isEqualTo(4);
    assertThat(said.err())
        .isEqualToIgnoringNewLines(
            "chaos: --jdk 25=" + folder + ": no executable bin/java in " + folder);
    String home = System.getProperty("java.home");
    assertThat(chaos("run", "--template", template(TEMPLATE), "--jdk", "3=" + home).err())
        .startsWith("chaos: --jdk 3=" + home + ": the JDK there is of release ");
  }

  @Test
  void run_shapeMistyped_namesTheNearest() throws IOException {
    Said said = chaos("run", "--template", template(TEMPLATE), "--shape", "upstream-hang");
    assertThat(said.exitCode()).isEqualTo(4);
    assertThat(said.err()).contains("did you mean 'upstream-hangs'?").hasLineCount(1);
  }

  @Test
  void run_lineThatNoShapeLeaves_isOneLine() throws IOException {
    Said said = chaos("run", "--template", template(TEMPLATE), "--like", "all is well");
    assertThat(said.exitCode()).isEqualTo(4);
    assertThat(said.err()).contains("like 'all is well' (--like)").hasLineCount(1);
  }

  @Test
  void explain_saysAllThereIs() {
    Said said = chaos("explain", "no-http-response");
    assertThat(said.exitCode()).isZero();
    assertThat(said.out())
        .startsWith("no-http-response: ")
        .contains("  story ", "  how ", "  finds ", "  needs ", "  logs ", "  plays ", "  try ")
        .contains("NoHttpResponseException");
  }

  @Test
  void explain_unknownShape_namesTheNearest() {
    Said said = chaos("explain", "conection-refused");
    assertThat(said.exitCode()).isEqualTo(4);
    assertThat(said.err())
        .isEqualToIgnoringNewLines(
            "chaos: no shape 'conection-refused'; did you mean 'connection-refused'?");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "http://127.0.0.1, 'must be embedded, install, or an address like http://127.0.0.1:8474'",
    "https://127.0.0.1:1, 'must be embedded, install, or an address like http://127.0.0.1:8474'",
    "embeded, 'must be embedded, install, or an address like http://127.0.0.1:8474'",
    "'a b', 'must be embedded, install, or an address like http://127.0.0.1:8474'",
    "http://192.0.2.1:8474, must be on this machine"
  })
  void run_toxiproxyThatCannotBeUsed_isRefused(String address, String rule) throws IOException {
    Said said = chaos("run", "--template", template(TEMPLATE), "--toxiproxy", address);
    assertThat(said.exitCode()).isEqualTo(4);
    assertThat(said.err()).contains("--toxiproxy " + rule).contains(address);
  }

  @Test
  void run_toxiproxyWhereNothingAnswers_saysWhereAndWhatToDo() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    String address = "http://127.0.0.1:" + port;
    Path out = folder.resolve("out");
    Said said =
        chaos(
            "run",
            "--template",
            template(TEMPLATE),
            "--toxiproxy",
            address,
            "--out",
            out.toString());
    assertThat(said.exitCode()).isEqualTo(4);
    assertThat(said.err()).contains("nothing answers as one at " + address);
    assertThat(out).doesNotExist();
  }

  @Test
  void run_resultsFolderThatIsAFile_isRefusedBeforeTheRun() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    Said said = chaos("run", "--template", template(TEMPLATE), "--out", file.toString());
    assertThat(said.exitCode()).isEqualTo(4);
    assertThat(said.err()).startsWith("chaos: the results folder must be one that can be written");
    assertThat(file).exists();
  }

  @Test
  void run_configurationThatNestsWithoutEnd_isOneMessage() throws IOException {
    String template = template(TEMPLATE);
    Files.writeString(folder.resolve("samconfig.toml"), "a = " + "[".repeat(200_000));
    Said said = chaos("run", "--template", template);
    assertThat(said.exitCode()).isEqualTo(4);
    assertThat(said.err()).startsWith("chaos: ").doesNotContain("\tat ");
    assertThat(said.err().lines().count()).isLessThanOrEqualTo(3);
  }

  @Test
  void misuse_withASecretInIt_doesNotShowIt() {
    Said said = chaos("run", "--env", "A=b", "DB_PASSWORD=hunter2");
    assertThat(said.exitCode()).isEqualTo(4);
    assertThat(said.err()).contains("DB_PASSWORD=****").doesNotContain("hunter2");
  }

  @Test
  void debug_showsTheStackTrace() {
    assertThat(chaos("run", "--template", "/no/such.yaml", "--debug").err()).contains("\tat ");
  }
}
