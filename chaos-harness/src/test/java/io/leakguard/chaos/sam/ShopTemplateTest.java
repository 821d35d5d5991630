package io.leakguard.chaos.sam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A whole template: globals, conditions, parameters and events together. */
class ShopTemplateTest {
  private static final Path FILE =
      Path.of("src", "test", "resources", "io", "leakguard", "chaos", "sam", "shop.yaml");

  private final Template template = Template.read(FILE, Map.of());

  @Test
  void functions_ofShop_areAllSeven() {
    assertThat(template.skipped()).isEmpty();
    assertThat(template.functions())
        .extracting(FunctionDefinition::logicalId, FunctionDefinition::conditionTrue)
        .containsExactly(
            tuple("OrdersApiFunction", true),
            tuple("OrdersBatchFunction", true),
            tuple("LeakyPoolFunction", false),
            tuple("LeakyTimedGetFunction", false),
            tuple("LeakyClientFunction", false),
            tuple("LeakyBodyFunction", false),
            tuple("LeakyRetryFunction", false));
  }

  @Test
  void conditionTrue_withTheParameter_isTrueForAll() {
    Template leaky = Template.read(FILE, Map.of("DeployLeaky", "true"));

    assertThat(leaky.functions()).allMatch(FunctionDefinition::conditionTrue);
  }

  @Test
  void environment_ofBatch_isGlobalAndOwn() {
    FunctionDefinition batch = template.functions().get(1);

    assertThat(batch.environment())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "INVENTORY_URL", "http://inventory.example:8080/v1?region=eu",
                "LOG_LEVEL", "DEBUG",
                "QUEUE_URL", "https://sqs.us-east-1.amazonaws.com/123456789012/Queue",
                "TABLE", "Table-us-east-1",
                "TOKEN", "unresolved-secretsmanager-shop-SecretString-token"));
    assertThat(batch.reservedConcurrency()).isEmpty();
    assertThat(batch.notes()).hasSize(1);
    assertThat(batch.events()).extracting(EventSource::kind).containsExactly(EventSource.Kind.SQS);
  }

  @Test
  void reservedConcurrency_inProduction_isSet() {
    Template production = Template.read(FILE, Map.of("Stage", "prod"));

    assertThat(production.functions().get(1).reservedConcurrency()).hasValue(10);
  }

  @Test
  void settings_ofLeakyFunctions_overrideTheGlobals() {
    List<FunctionDefinition> functions = template.functions();

    assertThat(functions.get(3).timeout()).hasSeconds(5);
    assertThat(functions.get(4).timeout()).hasSeconds(10);
    assertThat(functions.get(4).memoryMegabytes()).isEqualTo(1024);
    assertThat(functions.get(6).functionName()).isEqualTo("dev-retry");
    assertThat(functions.get(6).codeUri()).isEqualTo(FILE.getParent());
  }

  @Test
  void upstreams_ofApi_areTheInventory() {
    assertThat(Upstreams.of(template.functions().get(0)))
        .singleElement()
        .satisfies(
            upstream -> {
              assertThat(upstream.name()).isEqualTo("INVENTORY_URL");
              assertThat(upstream.address()).isEqualTo(URI.create("http://inventory.example:8080"));
              assertThat(upstream.pointedAt("127.0.0.1", 7))
                  .isEqualTo("http://127.0.0.1:7/v1?region=eu");
            });
  }
}
