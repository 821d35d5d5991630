package io.leakguard.chaos.sam;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HandlerNameTest {

  @Test
  void parse_classAndMethod_givesBoth() {
    HandlerName name = HandlerName.parse("com.acme.Orders$Batch::handle").orElseThrow();

    assertThat(name).isEqualTo(new HandlerName("com.acme.Orders$Batch", Optional.of("handle")));
    assertThat(name.classFile()).isEqualTo("com/acme/Orders$Batch.class");
    assertThat(name.with("x.Y")).isEqualTo("x.Y::handle");
  }

  @Test
  void parse_classAlone_hasNoMethod() {
    HandlerName name = HandlerName.parse("Orders").orElseThrow();

    assertThat(name).isEqualTo(new HandlerName("Orders", Optional.empty()));
    assertThat(name.classFile()).isEqualTo("Orders.class");
    assertThat(name.with("x.Y")).isEqualTo("x.Y");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "::",
        "a::",
        "::b",
        "a.B::c::d",
        ".a",
        "a.",
        "a..b",
        "../a",
        "a/b",
        "a b",
        "a.B:c",
        "1a",
        "a.B::c d",
        "a\u0000b"
      })
  void parse_otherForm_isEmpty(String text) {
    assertThat(HandlerName.parse(text)).isEmpty();
  }
}
