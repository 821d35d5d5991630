package io.leakguard.chaos.sam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is in the file: a template, or the exception that is made for the user. */
@Timeout(120)
class TemplateFuzzTest {
  private static final int ROUNDS = 2_000;
  private static final long SEED = 20_260_101L;
  private static final String SYNTAX = " \n\t:-[]{}!&*#'\"|>%@?,<~$\\\u0000";

  @TempDir Path folder;

  @Test
  void read_mutatedTemplate_isTemplateOrTemplateException() throws IOException {
    byte[] valid = example();
    Random random = new Random(SEED);
    int read = 0;
    for (int round = 0; round < ROUNDS; round++) {
      read += tryRead(round, mutate(valid, random)) ? 1 : 0;
    }
    assertThat(read).as("mutants that are still templates").isBetween(ROUNDS / 20, ROUNDS - 200);
  }

  private boolean tryRead(int round, byte[] bytes) {
    Path file = Templates.write(folder.resolve("template.yaml"), bytes);
    try {
      Template template = Template.read(file, Map.of());
      assertThat(template.functions().size() + template.skipped().size()).isPositive();
      template.functions().forEach(function -> use(template, function));
      return true;
    } catch (TemplateException e) {
      assertThat(e.getMessage().lines().count())
          .as("lines of: %s", e.getMessage())
          .isBetween(1L, 3L);
      return false;
    } catch (RuntimeException | StackOverflowError e) {
      return fail("round " + round + ":\n" + new String(bytes, StandardCharsets.UTF_8), e);
    }
  }

  private static void use(Template template, FunctionDefinition function) {
    Upstreams.of(function).forEach(upstream -> upstream.pointedAt("127.0.0.1", 1));
    function.events().forEach(event -> event.sampleEvent(1));
    try {
      Artifact.locate(template, function);
    } catch (TemplateException e) {
      assertThat(e).hasMessageContaining(template.file().getParent().toString());
    }
  }

  private static byte[] mutate(byte[] valid, Random random) {
    byte[] bytes = valid.clone();
    int changes = 1 + random.nextInt(4);
    for (int i = 0; i < changes; i++) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(5)) {
        case 0 -> bytes[at] = (byte) random.nextInt(256);
        case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 2 -> bytes[at] = (byte) SYNTAX.charAt(random.nextInt(SYNTAX.length()));
        case 3 -> bytes = without(bytes, at, 1 + random.nextInt(20));
        default -> bytes = random.nextInt(8) == 0 ? without(bytes, at, bytes.length) : bytes;
      }
      bytes = bytes.length == 0 ? new byte[] {' '} : bytes;
    }
    return bytes;
  }

  private static byte[] without(byte[] bytes, int from, int length) {
    int end = Math.min(bytes.length, from + length);
    byte[] rest = new byte[bytes.length - (end - from)];
    System.arraycopy(bytes, 0, rest, 0, from);
    System.arraycopy(bytes, end, rest, from, bytes.length - end);
    return rest;
  }

  private static byte[] example() throws IOException {
    try (InputStream in = TemplateFuzzTest.class.getResourceAsStream("shop.yaml")) {
      return in.readAllBytes();
    }
  }

  @Test
  void example_withoutMutation_isTemplate() throws IOException {
    Path file = Files.write(folder.resolve("template.yaml"), example());

    assertThat(Template.read(file, Map.of()).functions()).hasSize(7);
  }
}
