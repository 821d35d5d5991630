package io.leakguard.chaos.staging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.ConstructNode;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.constructor.StandardConstructor;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

class ToxiproxyTemplateTest {
  private static final Path TEMPLATE = Path.of("..", "staging", "toxiproxy.yaml");

  private static Map<?, ?> template() throws IOException {
    return (Map<?, ?>)
        new Load(LoadSettings.builder().build(), new ShortForms())
            .loadFromString(Files.readString(TEMPLATE));
  }

  /** CloudFormation's short forms, such as {@code !Ref}, by their text. */
  private static final class ShortForms extends StandardConstructor {
    ShortForms() {
      super(LoadSettings.builder().build());
      for (String name : List.of("!Ref", "!Sub", "!GetAtt")) {
        tagConstructors.put(new Tag(name), new AsText());
      }
    }
  }

  private static final class AsText implements ConstructNode {
    @Override
    public Object construct(Node node) {
      return ((ScalarNode) node).getValue();
    }
  }

  private static Object at(Object root, Object... path) {
    Object value = root;
    for (Object step : path) {
      value = value instanceof List<?> list ? list.get((int) step) : ((Map<?, ?>) value).get(step);
    }
    return value;
  }

  @Test
  void lease_isTheScriptThatIsTested() throws IOException {
    Object command =
        at(template(), "Resources", "Task", "Properties", "ContainerDefinitions", 1, "Command", 0);
    assertThat((String) command).isEqualTo(Files.readString(TEMPLATE.resolveSibling("lease.sh")));
  }

  @Test
  void controlPlane_isOpenToTheRunnersGroupAlone() throws IOException {
    List<?> rules =
        (List<?>)
            at(template(), "Resources", "SecurityGroup", "Properties", "SecurityGroupIngress");
    assertThat(rules).hasSize(2);
    assertThat(at(rules.get(0), "FromPort")).isEqualTo(8474);
    assertThat(at(rules.get(0), "ToPort")).isEqualTo(8474);
    assertThat(at(rules.get(0), "SourceSecurityGroupId")).isEqualTo("RunnerSecurityGroupId");
    assertThat(at(rules.get(1), "SourceSecurityGroupId")).isEqualTo("FunctionSecurityGroupId");
    for (Object rule : rules) {
      assertThat(((Map<?, ?>) rule).keySet().toString()).doesNotContain("Cidr");
    }
  }

  @Test
  void images_areByDigest_andNoneIsInvented() throws IOException {
    for (String image : List.of("ToxiproxyImage", "CurlImage")) {
      Object parameter = at(template(), "Parameters", image);
      assertThat(((Map<?, ?>) parameter).get("Default")).isNull();
      String pattern = (String) at(parameter, "AllowedPattern");
      assertThat("images/one@sha256:" + "0".repeat(64)).matches(pattern);
      assertThat("images/one:latest").doesNotMatch(pattern);
    }
    assertThat(Files.readString(TEMPLATE)).doesNotContainPattern("sha256:[0-9a-f]{64}\\b");
  }

  @Test
  void lint_hasNothingToSay() throws Exception {
    Optional<Path> lint = lint();
    Assumptions.assumeTrue(
        lint.isPresent(), "no cfn-lint here: pip install cfn-lint, then put it on the PATH");
    Process process =
        new ProcessBuilder(lint.get().toString(), TEMPLATE.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }

  /** Beside moto, which is of the same Python, or on the PATH. */
  private static Optional<Path> lint() {
    Stream<Path> beside =
        Stream.ofNullable(System.getenv("LEAKGUARD_MOTO")).map(m -> Path.of(m).getParent());
    Stream<Path> path =
        Stream.of(System.getenv().getOrDefault("PATH", "").split(":")).map(Path::of);
    return Stream.concat(beside, path)
        .map(folder -> folder.resolve("cfn-lint"))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
