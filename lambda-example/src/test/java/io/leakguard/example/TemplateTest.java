package io.leakguard.example;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the template's own linters do not see. */
class TemplateTest {

  private static final Pattern FUNCTION =
      Pattern.compile(
          "^  (\\w+)Function:\\n"
              + "    Type: AWS::Serverless::Function\\n"
              + "(    Condition: DeployLeaky\\n"
              + ")?",
          Pattern.MULTILINE);
  private static final Pattern HANDLER =
      Pattern.compile("Handler: ([\\w.]+)::handleRequest$", Pattern.MULTILINE);

  private final String template = read();

  @Test
  void functions_haveOneHandlerEach_thatTheRuntimeCanMake() throws ReflectiveOperationException {
    List<String> handlers = all(HANDLER).stream().map(found -> found.group(1)).toList();

    assertThat(handlers).hasSameSizeAs(all(FUNCTION)).doesNotHaveDuplicates();
    for (String handler : handlers) {
      Class<?> type = Class.forName(handler);
      assertThat(RequestHandler.class).isAssignableFrom(type);
      assertThat(type.getConstructor()).isNotNull();
    }
  }

  @Test
  void functions_leakyOnes_areConditionalAndOnlyThey() {
    for (MatchResult function : all(FUNCTION)) {
      boolean isLeaky = function.group(1).startsWith("Leaky");

      assertThat(function.group(2) != null).as(function.group(1)).isEqualTo(isLeaky);
    }
    assertThat(all(FUNCTION)).hasSize(8);
  }

  private List<MatchResult> all(Pattern pattern) {
    return pattern.matcher(template).results().toList();
  }

  private static String read() {
    try {
      return Files.readString(Path.of("..", "template.yaml"));
    } catch (IOException e) {
      throw new AssertionError("template.yaml not readable", e);
    }
  }
}
