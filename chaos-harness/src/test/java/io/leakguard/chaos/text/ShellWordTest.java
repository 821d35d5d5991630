package io.leakguard.chaos.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShellWordTest {
  @Test
  void of_wordsThatAShellWouldSplitOrRun_areQuoted() {
    assertThat(ShellWord.of("--template=a/b.yaml")).isEqualTo("--template=a/b.yaml");
    assertThat(ShellWord.of("a b")).isEqualTo("'a b'");
    assertThat(ShellWord.of("it's $HOME")).isEqualTo("'it'\\''s $HOME'");
    assertThat(ShellWord.of("")).isEqualTo("''");
  }
}
